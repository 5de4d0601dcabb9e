import { createClient, listCallLogsInRange } from '@cekura-kit/client'
import { afterEach, expect, test, vi } from 'vitest'
import { catchError, readAll } from '../support/catch-error.ts'
import { pendingFetch } from '../support/client-on.ts'

afterEach(() => {
  vi.useRealTimers()
})

async function fetchIn42Ms(): Promise<Response> {
  await new Promise((done) => setTimeout(done, 42))
  return Response.json(page)
}

const page = { count: 0, next: null, previous: null, results: [] }

test('fake timers that are installed after the import end a call at totalTimeout', async () => {
  vi.useFakeTimers()
  let requests = 0
  const fetch = async (): Promise<Response> => {
    requests++
    return new Response('', { status: 503, headers: { 'retry-after': '2' } })
  }
  const { callLogs } = createClient({ apiKey: 'k', fetch, maxRetries: 99, totalTimeout: 10_000 })
  const call = catchError(callLogs.list({ agent_id: 1 }))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await call).toMatchObject({ code: 'server', attempts: 5 })
  expect(requests).toBe(5)
  expect(vi.getTimerCount()).toBe(0)
})

test('fake timers that are installed after the import end an attempt at timeout', async () => {
  vi.useFakeTimers()
  const options = { apiKey: 'k', fetch: pendingFetch, maxRetries: 0, timeout: 5000 }
  const { callLogs } = createClient(options)
  const call = catchError(callLogs.list({ agent_id: 1 }))
  await vi.advanceTimersByTimeAsync(5000)
  expect(await call).toMatchObject({ reason: 'attempt_timeout' })
  expect(vi.getTimerCount()).toBe(0)
})

test('a fake clock is the default end of an iteration and of a range', async () => {
  vi.useFakeTimers({ now: Date.parse('2001-02-03T04:05:06Z') })
  const ends: (string | null)[] = []
  const fetch = async (url: string): Promise<Response> => {
    ends.push(new URL(url).searchParams.get('timestamp_to'))
    return Response.json(page)
  }
  const cekura = createClient({ apiKey: 'k', fetch })
  await readAll(cekura.callLogs.list({ agent_id: 1 }))
  await readAll(
    listCallLogsInRange(cekura, { agent_id: 1, timestamp_from: '2001-02-01T00:00:00Z' }),
  )
  expect(ends).toEqual(['2001-02-03T04:05:06.000Z', '2001-02-03T04:05:06.000Z'])
})

test('a fake clock measures durationMs', async () => {
  vi.useFakeTimers()
  const durations: number[] = []
  const hooks = {
    onResponse: ({ durationMs }: { durationMs: number }) => void durations.push(durationMs),
  }
  const call = createClient({ apiKey: 'k', fetch: fetchIn42Ms, hooks })
    .callLogs.list({ agent_id: 1 })
    .toArray({ limit: 1 })
  await vi.advanceTimersByTimeAsync(100)
  await call
  expect(durations).toEqual([42])
})
