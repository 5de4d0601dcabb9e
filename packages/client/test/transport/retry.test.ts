// What repeating and waiting costs, by a clock and a service that stand in one process.
import type { CekuraError, ClientOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createClientWith } from '../src/create-client.ts'
import type { Effects } from '../src/effects.ts'
import { stillEffects } from './still-effects.ts'

const page = { count: 0, next: null, previous: null, results: [] }

/** A client of a service that answers with these statuses, and the last of them for ever. */
function createPlayed(
  statuses: number[],
  { effects = stillEffects, ...options }: ClientOptions & { effects?: Effects } = {},
) {
  const played = { requests: 0 }
  const fetch = async () => {
    const status = statuses[Math.min(played.requests++, statuses.length - 1)]!
    return Response.json(status === 200 ? page : {}, { status })
  }
  const { callLogs } = createClientWith({ apiKey: 'k', fetch, ...options }, effects)
  /** Requests that so many calls take. */
  const spend = async (calls: number): Promise<number> => {
    const before = played.requests
    for (let n = 0; n < calls; n++) await callLogs.list({ agent_id: 1 }).catch(() => {})
    return played.requests - before
  }
  return { callLogs, spend }
}

test('successes earn no retries beyond the ten that there are from the start', async () => {
  const { spend } = createPlayed([...Array<number>(5).fill(200), 503])
  expect(await spend(5)).toBe(5)
  expect(await spend(20)).toBe(20 + 10)
})

test('once the retries are spent, a success earns one', async () => {
  const { spend } = createPlayed([...Array<number>(20).fill(503), 200, 503])
  expect(await spend(10)).toBe(10 + 10)
  expect([await spend(1), await spend(1), await spend(1)]).toEqual([1, 2, 1])
})

test.each([
  { random: 0, waits: [250, 500] },
  { random: 0.5, waits: [375, 750] },
  { random: 0.75, waits: [437.5, 875] },
])('of a wait one half is sure and one random, as at $random', async ({ random, waits }) => {
  const waited: number[] = []
  const effects: Effects = {
    ...stillEffects,
    random: () => random,
    async wait(delayMs, signal, work) {
      if (work) return stillEffects.wait(delayMs, signal, work)
      waited.push(delayMs)
    },
  }
  await createPlayed([503], { effects }).spend(1)
  expect(waited).toEqual(waits)
})

test.each([
  { timeout: 10, totalTimeout: 200, says: 'more than 10 ms' },
  { timeout: 200, totalTimeout: 10, says: 'more than 10 ms' },
])(
  'an attempt gets the shorter of timeout $timeout and totalTimeout $totalTimeout',
  async ({ says, ...times }) => {
    const effects: Effects = { ...stillEffects, wait: async () => undefined }
    const { callLogs } = createPlayed([200], { ...times, maxRetries: 0, effects })
    await expect(callLogs.list({ agent_id: 1 })).rejects.toThrow(says)
  },
)

test('an attempt gets what those before it and their waits have left', async () => {
  let now = 5000
  const given: number[] = []
  const effects: Effects = {
    now: () => now,
    random: () => 0,
    async wait(delayMs, signal, work) {
      if (!work) {
        now += delayMs
        return
      }
      given.push(delayMs)
      now += 600
      return stillEffects.wait(delayMs, signal, work)
    },
  }
  await createPlayed([503], { totalTimeout: 1000, effects }).spend(1)
  expect(given).toEqual([1000, 150])
})

test('hooks are told how long an answer took, its body included', async () => {
  let now = 5000
  const told: unknown[] = []
  const { callLogs } = createClientWith(
    {
      apiKey: 'k',
      hooks: { onResponse: ({ durationMs }) => void told.push(durationMs) },
      async fetch() {
        now += 30
        return new Response(
          new ReadableStream({
            pull(sink) {
              now += 12
              sink.enqueue(new TextEncoder().encode(JSON.stringify(page)))
              sink.close()
            },
          }),
        )
      },
    },
    { ...stillEffects, now: () => now },
  )
  await callLogs.list({ agent_id: 1 })
  expect(told).toEqual([42])
})

test('of a refusal 100 000 bytes are read, however large an answer may be', async () => {
  let left = 8
  const fetch = async () =>
    new Response(
      new ReadableStream({
        pull(sink) {
          if (left-- > 0) sink.enqueue(new Uint8Array(25_000).fill(120))
          else sink.close()
        },
      }),
      { status: 400 },
    )
  const { callLogs } = createPlayed([], { fetch })
  const failed = await callLogs.list({ agent_id: 1 }).catch((error: unknown) => error)
  expect(((failed as CekuraError).body as string).length).toBe(100_000)
})
