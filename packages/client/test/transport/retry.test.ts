// How often and how long a client retries, with a fixed clock and a `fetch` in the same process.
import type { CekuraError, ClientOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createClientWith } from '../../src/create-client.ts'
import type { Runtime } from '../../src/runtime.ts'
import { createRecordingRuntime, fixedRuntime } from '../support/fixed-runtime.ts'

const fetch503 = async (): Promise<Response> => new Response('', { status: 503 })
const page = { count: 0, next: null, previous: null, results: [] }

/** A client of a server that returns these statuses, then repeats the last one. */
function createScripted(
  statuses: number[],
  { runtime = fixedRuntime, ...options }: ClientOptions & { runtime?: Runtime } = {},
) {
  let requests = 0
  const fetch = async (): Promise<Response> => {
    const status = statuses[Math.min(requests++, statuses.length - 1)]!
    return Response.json(status === 200 ? page : {}, { status, headers: { 'retry-after': '0' } })
  }
  const { callLogs } = createClientWith({ apiKey: 'k', fetch, ...options }, runtime)
  /** Number of requests that these calls send. */
  const countRequests = async (calls: number): Promise<number> => {
    const before = requests
    for (let n = 0; n < calls; n++) await callLogs.list({ agent_id: 1 }).catch(() => {})
    return requests - before
  }
  return { callLogs, countRequests }
}

test('the retry budget never exceeds 10', async () => {
  const { countRequests } = createScripted([...Array<number>(5).fill(200), 503])
  expect(await countRequests(5)).toBe(5)
  expect(await countRequests(20)).toBe(20 + 10)
})

test('a success restores one retry of the budget', async () => {
  const { countRequests } = createScripted([...Array<number>(20).fill(503), 200, 503])
  expect(await countRequests(10)).toBe(10 + 10)
  expect([await countRequests(1), await countRequests(1), await countRequests(1)]).toEqual([
    1, 2, 1,
  ])
})

test('a 429 costs no budget and needs none', async () => {
  const { countRequests } = createScripted([...Array<number>(60).fill(429), 503])
  expect(await countRequests(20)).toBe(20 * 3)
  expect(await countRequests(10)).toBe(10 + 10)
  const spent = createScripted([...Array<number>(20).fill(503), 429])
  expect(await spent.countRequests(10)).toBe(10 + 10)
  expect(await spent.countRequests(1)).toBe(3)
})

test.each([
  { random: 0, waits: [250, 500] },
  { random: 0.5, waits: [375, 750] },
  { random: 0.75, waits: [437.5, 875] },
])('half of a wait is random, as with $random', async ({ random, waits }) => {
  const recording = createRecordingRuntime()
  const runtime = { ...recording.runtime, random: () => random }
  await createScripted([], { runtime, fetch: fetch503 }).countRequests(1)
  expect(recording.waits).toEqual(waits)
})

test.each([
  {
    timeout: 10,
    totalTimeout: 200,
    message: 'No response within 10 ms. Raise timeout or lower page_size.',
    reason: 'attempt_timeout',
  },
  {
    timeout: 200,
    totalTimeout: 10,
    message: 'No result within 10 ms. Raise totalTimeout or lower page_size.',
    reason: 'total_timeout',
  },
])(
  'an attempt gets the shorter of timeout $timeout and totalTimeout $totalTimeout',
  async ({ message, reason, ...limits }) => {
    const runtime: Runtime = { ...fixedRuntime, wait: async () => undefined }
    const { callLogs } = createScripted([200], { ...limits, maxRetries: 0, runtime })
    const error = await callLogs.list({ agent_id: 1 }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'timeout', reason, details: { limit: 10 }, message })
  },
)

test('an attempt gets the time that earlier attempts and waits leave', async () => {
  let now = 5000
  const limits: number[] = []
  const runtime: Runtime = {
    now: () => now,
    random: () => 0,
    async wait(delayMs, signal, work) {
      if (!work) {
        now += delayMs
        return undefined
      }
      limits.push(delayMs)
      now += 600
      return fixedRuntime.wait(delayMs, signal, work)
    },
  }
  await createScripted([], { totalTimeout: 1000, runtime, fetch: fetch503 }).countRequests(1)
  expect(limits).toEqual([1000, 150])
})

test('reads 100,000 bytes of an error body, whatever maxResponseBytes is', async () => {
  let left = 8
  const fetch = async () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(new Uint8Array(25_000).fill(120))
          else controller.close()
        },
      }),
      { status: 400 },
    )
  const { callLogs } = createScripted([], { fetch })
  const error = await callLogs.list({ agent_id: 1 }).catch((thrown: unknown) => thrown)
  expect((error as CekuraError).body).toHaveLength(100_000)
})

test('calls the key function before each attempt', async () => {
  const keys: unknown[] = []
  let number = 0
  const fetch: ClientOptions['fetch'] = async (_, { headers }) => {
    keys.push(headers['x-cekura-api-key'])
    return Response.json(page, { status: number === 1 ? 503 : 200 })
  }
  await createScripted([], { apiKey: async () => `key-${++number}`, fetch }).countRequests(1)
  expect(keys).toEqual(['key-1', 'key-2'])
})
