import { startMock } from '@cekura-kit/mock'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { createLiveTarget } from './live-target.ts'

const asked = {
  path: operationDescriptors['callLogs.list'].path,
  query: [['agent_id', '2142']] as const,
}

function createTime() {
  let at = 0
  const slept: number[] = []
  return {
    now: () => at,
    async sleep(ms: number) {
      slept.push(ms)
      at += ms
    },
    slept,
  }
}

async function startService() {
  const mock = await startMock({ mode: 'sandbox', rows: 5 })
  const time = createTime()
  const statuses: number[] = []
  const starts: number[] = []
  const target = createLiveTarget(
    { url: mock.url, key: 'k', agentId: '2142' },
    {
      ...time,
      pauseMs: 500,
      onAnswer(_, { status }) {
        statuses.push(status)
        starts.push(time.now())
      },
    },
  )
  const fault = (...faults: object[]) =>
    fetch(`${mock.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(faults) })
  return { mock, target, fault, statuses, starts }
}

test('a service is asked no more than twice a second, however fast it answers', async () => {
  const { mock, target, starts } = await startService()
  await using _ = mock
  for (let n = 0; n < 20; n++) await target.send(asked)
  expect(starts).toEqual(Array.from({ length: 20 }, (_, n) => n * 500))
})

test('a refusal for asking too much is waited out as long as it says', async () => {
  const { mock, target, fault, statuses, starts } = await startService()
  await using _ = mock
  await fault({ status: 429, retryAfter: 7, times: 2 })
  expect((await target.send(asked)).status).toBe(200)
  expect(statuses).toEqual([429, 429, 200])
  expect(starts).toEqual([0, 7000, 14_000])
})

test('a refusal that says nothing is waited out for a while, one that says an hour for a minute', async () => {
  const { mock, target, fault, starts } = await startService()
  await using _ = mock
  await fault({ status: 429 }, { status: 429, retryAfter: 3600 })
  expect((await target.send(asked)).status).toBe(200)
  expect(starts).toEqual([0, 5000, 65_000])
})

test('a service that goes on refusing is let alone', async () => {
  const { mock, target, fault, statuses } = await startService()
  await using _ = mock
  await fault({ status: 429, retryAfter: 1, times: 100 })
  expect((await target.send(asked)).status).toBe(429)
  expect(statuses).toEqual([429, 429, 429, 429])
})

test('a service elsewhere is asked twice a second without being told to', async () => {
  const time = createTime()
  const settings = { url: 'https://contract.invalid', key: 'k', agentId: '1' }
  const target = createLiveTarget(settings, time)
  for (let n = 0; n < 2; n++) await expect(target.send(asked)).rejects.toThrow('got no answer')
  expect(time.slept).toEqual([500])
})

test('one on this machine is asked as fast as it answers', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 5 })
  const time = createTime()
  const target = createLiveTarget({ url: mock.url, key: 'k', agentId: '2142' }, time)
  for (let n = 0; n < 3; n++) await target.send(asked)
  expect(time.slept).toEqual([])
})

test.each([
  ['https://user:secret@example.com'],
  ['https://example.com/?token=secret'],
  ['https://example.com/#secret'],
])('an address with more than a place is refused, and not quoted: %s', (url) => {
  const create = () => createLiveTarget({ url, key: 'k', agentId: '1' })
  expect(create).toThrow(/has a user, a query or a fragment; give scheme, host and path only$/)
  expect(create).not.toThrow(/secret/)
})
