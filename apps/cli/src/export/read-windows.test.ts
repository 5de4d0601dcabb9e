import { createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'
import { readWindows } from './read-windows.ts'
import { createWalkPlan } from './walk-plan.ts'

const dayMs = 86_400_000
const start = Date.parse('2025-01-01T00:00:00Z')
/** Two months, so two windows at the least. */
const span = { start, end: start + 60 * dayMs }

/** Reads the span one request at a time, and tells what was done in which order. */
async function trace(take: () => void): Promise<string[]> {
  const done: string[] = []
  const client = createClient({
    apiKey: 'k',
    baseUrl: 'http://127.0.0.1:9',
    fetch: async () => {
      done.push('ask')
      return Response.json({ count: 0, next: null, previous: null, results: [] })
    },
  })
  const now = (): number => span.end
  const options = { agentId: 1, pageSize: 100, pii: 'keep', hash: String, settleMs: 0 } as const
  const { signal } = new AbortController()
  const pace = createPace(1, now)
  const walk = createWalkPlan([span], 100)
  const reading = readWindows(client, walk, { ...options, pace, signal, now }, () => {
    done.push('store')
    take()
  })
  await reading.catch((error: Error) => done.push(error.message))
  return done
}

test('the next request is on its way while a window is stored', async () => {
  expect(await trace(() => {})).toEqual(['ask', 'ask', 'store', 'store'])
})

test('a window that cannot be stored ends the reading when what was asked has come', async () => {
  const done = await trace(() => {
    throw new Error('full')
  })
  expect(done).toEqual(['ask', 'ask', 'store', 'store', 'full'])
})
