import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142&page_size=5`
const headers = { [apiKeyHeader]: 'k', accept: 'application/json' }
const ask = (mock: Mock) => fetch(mock.url + path, { headers })
const plan = (mock: Mock, schedule: string) =>
  fetch(`${mock.controlUrl}/transport`, { method: 'POST', body: schedule })

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 20 })
})
afterAll(() => mock.close())

test('close() does not wait for a request that a fault leaves without an answer', async () => {
  await using other = await startMock({ mode: 'sandbox', transport: '*:stall' })
  const hanging = ask(other)
  await expect.poll(async () => (await journal(other)).length).toBe(1)
  await Promise.all([other.close({ graceMs: 60_000 }), expect(hanging).rejects.toThrow()])
})

const journal = async (of: Mock) =>
  (await (await fetch(`${of.controlUrl}/requests`)).json()) as unknown[]

test('reset() and an empty schedule end the faults', async () => {
  await plan(mock, '*:html-503')
  await mock.reset()
  expect((await ask(mock)).status).toBe(200)
  await plan(mock, '*:html-503')
  await plan(mock, '')
  expect((await ask(mock)).status).toBe(200)
})

test('a hundred connections at once with faults by chance are all ended', async () => {
  await plan(mock, 'p=0.5,seed=3')
  const ends = await Promise.allSettled(
    Array.from({ length: 100 }, () => ask(mock).then((response) => response.json())),
  )
  const broken = ends.filter(({ status }) => status === 'rejected').length
  expect(broken).toBeGreaterThan(20)
  expect(broken).toBeLessThan(80)
  await plan(mock, '')
  expect((await ask(mock)).status).toBe(200)
})

test.each([
  { text: '1:explode', want: /no fault "explode"; give one of reset, reset-after-headers, trunc/ },
  { text: 'p=0.1,1:reset', want: /"1:reset" is unknown; write "1:reset,/ },
])(
  'the schedule "$text" is refused with the fix, by control and before a start',
  async ({ text, want }) => {
    const response = await plan(mock, text)
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(/Cannot/)])
    await expect(startMock({ transport: text })).rejects.toThrow(want)
  },
)
