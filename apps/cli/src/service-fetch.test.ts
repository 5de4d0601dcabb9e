import { expect, test } from 'vitest'
import { capture } from './captured.test-helper.ts'
import { pages, serve } from './serve.test-helper.ts'
import { createServiceFetch, planTimeouts } from './service-fetch.ts'
import type { Err } from './terminal/stderr.ts'

test('what waits for its turn under --max-rps has its whole time once it is sent', async () => {
  await using service = await serve(pages(200))
  // Two pages, 2.5 s apart, where a request may take 2 s.
  const args = ['list', '--agent', '1', '--limit', '200', '--timeout', '2s', '--max-rps', '0.4']
  const env = { CEKURA_API_KEY: 'k', CEKURA_API_URL: service.url }
  const { code, stdout, stderr } = await capture([...args, '--max-retries', '0'], { env })
  expect(stderr).not.toContain('no whole answer')
  expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 200 })
})

test('turns count for the requests running together, and not without a limit', () => {
  expect(planTimeouts({ timeout: undefined, maxRps: undefined, concurrency: 4 })).toEqual({})
  expect(planTimeouts({ timeout: 10_000, maxRps: undefined, concurrency: 4 })).toEqual({
    timeout: 10_000,
    totalTimeout: 120_000,
  })
  expect(planTimeouts({ timeout: undefined, maxRps: 0.5, concurrency: 4 })).toEqual({
    timeout: 38_000,
    totalTimeout: 152_000,
  })
  expect(planTimeouts({ timeout: 2 ** 31 - 1, maxRps: 1e-9, concurrency: 8 }).timeout).toBe(
    2 ** 31 - 1,
  )
})

test('requests that are sent together take their turns, so many in a second', async () => {
  const err = { debug: () => {}, note: () => {} } as unknown as Err
  const answered: number[] = []
  const send = createServiceFetch(err, {
    maxRps: 20,
    now: () => performance.now(),
    async fetch() {
      answered.push(performance.now())
      return Response.json({})
    },
  })
  const { signal } = new AbortController()
  const init = { method: 'GET', headers: {}, redirect: 'manual' as const, signal }
  const begin = performance.now()
  await Promise.all([1, 2, 3].map(() => send('http://127.0.0.1/', init)))
  // A timer may be early by less than a millisecond.
  for (const [turn, time] of answered.entries()) expect(time - begin).toBeGreaterThan(turn * 50 - 2)
})
