import { startMock } from '@cekura-kit/mock'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { NoResponseError } from '../suite/errors.ts'
import { createLiveTarget } from './live-target.ts'

const request = {
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
      onResponse(_, { status }) {
        statuses.push(status)
        starts.push(time.now())
      },
    },
  )
  const fault = (...faults: object[]) =>
    fetch(`${mock.controlUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    })
  return { mock, target, fault, statuses, starts, slept: time.slept }
}

test('a service gets two requests per second at most', async () => {
  const { mock, target, slept } = await startService()
  await using _ = mock
  await Promise.all(Array.from({ length: 20 }, () => target.send(request)))
  expect(slept).toEqual(Array(19).fill(500))
})

test('a 429 is retried after Retry-After', async () => {
  const { mock, target, fault, statuses, starts } = await startService()
  await using _ = mock
  await fault({ status: 429, retryAfter: 7, times: 2 })
  expect((await target.send(request)).status).toBe(200)
  expect(statuses).toEqual([429, 429, 200])
  expect(starts).toEqual([0, 7000, 14_000])
})

test('a 429 without Retry-After is retried after 5 seconds, one with an hour after a minute', async () => {
  const { mock, target, fault, starts } = await startService()
  await using _ = mock
  await fault({ status: 429 }, { status: 429, retryAfter: 3600 })
  expect((await target.send(request)).status).toBe(200)
  expect(starts).toEqual([0, 5000, 65_000])
})

test('a 429 is retried three times and then counts as no response', async () => {
  const { mock, target, fault, statuses } = await startService()
  await using _ = mock
  await fault({ status: 429, retryAfter: 1, times: 100 })
  await expect(target.send(request)).rejects.toThrow(NoResponseError)
  expect(statuses).toEqual([429, 429, 429, 429])
})

test('a service on another host gets two requests per second by default', async () => {
  const time = createTime()
  const settings = { url: 'https://contract.invalid', key: 'k', agentId: '1' }
  const target = createLiveTarget(settings, time)
  for (let n = 0; n < 2; n++) await expect(target.send(request)).rejects.toThrow('no response')
  expect(time.slept).toEqual([500])
})

test('a service on this machine gets requests without a pause', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 5 })
  const time = createTime()
  const target = createLiveTarget({ url: mock.url, key: 'k', agentId: '2142' }, time)
  for (let n = 0; n < 3; n++) await target.send(request)
  expect(time.slept).toEqual([])
})

test.each([
  ['https://user:secret@example.com'],
  ['https://example.com/?token=secret'],
  ['https://example.com/#secret'],
])('rejects a URL with a secret without quoting it: %s', (url) => {
  const create = () => createLiveTarget({ url, key: 'k', agentId: '1' })
  expect(create).toThrow(
    /it has credentials, a query or a fragment. Pass scheme, host and path only.$/,
  )
  expect(create).not.toThrow(/secret/)
})

test('Retry-After may be a date', async () => {
  const { mock, target, fault, starts } = await startService()
  await using _ = mock
  await fault({ status: 429, retryAfter: new Date(Date.now() + 3_600_000).toISOString() })
  expect((await target.send(request)).status).toBe(200)
  expect(starts).toEqual([0, 60_000])
})
