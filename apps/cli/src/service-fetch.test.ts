import { expect, test } from 'vitest'
import { capture } from './captured.test-helper.ts'
import { pages, serve } from './serve.test-helper.ts'
import { planTimeouts } from './service-fetch.ts'

test('what waits for its turn under --max-rps has its whole time once it is sent', async () => {
  await using service = await serve(pages(200))
  // Two pages, 2.5 s apart, where a request may take 2 s.
  const args = ['list', '--agent', '1', '--limit', '200', '--timeout', '2s', '--max-rps', '0.4']
  const env = { CEKURA_API_KEY: 'k', CEKURA_API_URL: service.url }
  const { code, stdout, stderr } = await capture([...args, '--max-retries', '0'], { env })
  expect(stderr).not.toContain('no whole answer')
  expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 200 })
})

test('turns count for the requests under way together, and not without a limit', () => {
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
