import { createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'
import { readWindows } from './read-windows.ts'
import { createWindowPlan } from './window-plan.ts'

const dayMs = 86_400_000
const start = Date.parse('2025-01-01T00:00:00Z')
/** Two months, so two windows at the least. */
const span = { start, end: start + 60 * dayMs }
const now = (): number => span.end

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
  const options = { agentId: 1, pageSize: 100, pii: 'keep' } as const
  const { signal } = new AbortController()
  const limit = createConcurrencyLimit(1)
  const walk = createWindowPlan([span], 100)
  const reading = readWindows(client, walk, { ...options, limit, signal, now }, () => {
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

const pageOf = (ids: number[], next: string | null) =>
  Response.json({
    count: 3,
    next,
    previous: null,
    results: ids.map((id) => ({ id, timestamp: '2025-01-01T00:00:00Z' })),
  })

/** Reads one second whose second page is gone the first so many times. */
async function readSecond(timesGone: number): Promise<{ stable: boolean; ids: number[] }> {
  const client = createClient({
    apiKey: 'k',
    baseUrl: 'http://127.0.0.1:9',
    fetch: async (url) => {
      if (!new URL(url).searchParams.get('page')?.startsWith('2')) return pageOf([1, 2], 'more')
      timesGone -= 1
      return timesGone >= 0
        ? Response.json({ detail: 'Invalid page.' }, { status: 404 })
        : pageOf([3], null)
    },
  })
  const options = { agentId: 1, pageSize: 2, pii: 'keep' } as const
  const { signal } = new AbortController()
  const limit = createConcurrencyLimit(1)
  const walk = createWindowPlan([{ start, end: start + 1000 }], 2)
  let found = { stable: false, ids: [] as number[] }
  await readWindows(client, walk, { ...options, limit, signal, now }, (_, { rows, stable }) => {
    found = { stable, ids: rows.map(({ id }) => Number(id)) }
  })
  return found
}

test('a page that is gone when it is asked for proves nothing, and the second is walked again', async () => {
  expect(await readSecond(0)).toEqual({ stable: true, ids: [1, 2, 3] })
  expect(await readSecond(1)).toEqual({ stable: true, ids: [1, 2, 3] })
  // Two walks that both lack it are not two that agree.
  expect(await readSecond(2)).toEqual({ stable: false, ids: [1, 2, 3] })
  expect(await readSecond(9)).toEqual({ stable: false, ids: [1, 2] })
})
