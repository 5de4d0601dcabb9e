// Connections that break, answers that are none, a service that does not answer.
import type { RequestListener } from 'node:http'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { answer, call, serve } from '../serve.test-helper.ts'
import {
  control,
  createFolder,
  everyCall,
  idsOf,
  requestsOf,
  runExport,
} from './export.test-helper.ts'

const january = ['--from', '2025-01-01', '--to', '2025-02-01', '--concurrency', '1']
let mock: Mock
let everyId: number[]
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 600 })
  everyId = (await everyCall(mock)).map(({ id }) => id)
})
afterAll(() => mock.close())
beforeEach(async () => {
  folder = createFolder()
  await mock.reset()
})
afterEach(() => folder[Symbol.dispose]())

const run = (args: string[] = []) =>
  runExport(mock.url, [...january, '--timeout', '2s', ...args, '-o', folder.at('a')])

async function breakRequests(schedule: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(schedule) }
  const { ok, status } = await fetch(`${mock.controlUrl}/transport`, init)
  if (!ok) throw new Error(`/transport answered ${status} to "${schedule}"`)
}

test.each(['reset', 'reset-after-headers', 'truncate@300', 'html-502', 'stall@300'])(
  'one %s is retried, a permanent one ends with 5 after maxRetries',
  async (fault) => {
    await breakRequests(`2:${fault}`)
    expect((await run()).code).toBe(0)
    expect(idsOf(folder.at('a'))).toEqual(everyId)
    await breakRequests(`*:${fault}`)
    const args = ['--max-retries', '1', '--timeout', '300ms', '--lookback', '60d', '--debug']
    const { code, stderr } = await run(args)
    expect(code).toBe(5)
    expect(stderr.match(/^debug: GET /gm)).toHaveLength(2)
    expect(stderr).toMatch(/Progress is saved\.\nFix: cekura-logs export --agent 2142 /)
    await breakRequests('')
    expect((await run(['--lookback', '60d'])).code).toBe(0)
    expect(idsOf(folder.at('a'))).toEqual(everyId)
  },
)

test('a response that is too large suggests a smaller page size', async () => {
  await breakRequests('*:gzip-bomb@80')
  const { code, stderr } = await run()
  expect(code).toBe(5)
  expect(stderr).toMatch(/Progress is saved\.\nFix: cekura-logs export .* --page-size 10\n/)
})

test.each([500, 503])('a %i is asked again, and one for ever ends with 5', async (status) => {
  await control(mock, '/faults', [{ status, times: 2, after: 1 }])
  expect((await run()).code).toBe(0)
  expect(idsOf(folder.at('a'))).toEqual(everyId)
  await mock.reset()
  await control(mock, '/faults', [{ status, times: 50 }])
  expect((await run(['--max-retries', '1', '--lookback', '60d'])).code).toBe(5)
  expect(await requestsOf(mock)).toHaveLength(2)
})

test('a rate limit that names an instant is waited for until then', async () => {
  const retryAfter = new Date(Date.now() + 1000).toISOString()
  await control(mock, '/faults', [{ status: 429, retryAfter, after: 1 }])
  const { code, stderr } = await run(['--debug'])
  expect(code).toBe(0)
  expect(stderr).toMatch(/debug: 429 in .*\ndebug: failed \(rate_limit\), next attempt in \d+ ms/)
  expect(idsOf(folder.at('a'))).toEqual(everyId)
})

test.each([
  ['half of a body as a whole answer', () => breakRequests('2:bad-json')],
  ['a body of another length than it says', () => breakRequests('2:wrong-length@50')],
])('%s is not a response, and a rerun resumes', async (_, harm) => {
  await harm()
  const { code, stderr } = await run(['--max-retries', '0'])
  expect(code).toBe(5)
  expect(stderr).toContain('Progress is saved.\nFix: cekura-logs export')
  await breakRequests('')
  expect((await run()).stderr).toContain('(resumed)')
  expect(idsOf(folder.at('a'))).toEqual(everyId)
})

test.each([
  ['text/html', '<html>Sign in</html>'],
  ['text/plain', 'ok'],
  ['application/json', '[]'],
  ['application/json', '{"detail":"fine"}'],
])('a 200 of %s that is no page is not taken for one: %s', async (type, body) => {
  await using service = await serve(answer(200, body, { 'content-type': type }))
  const { code, stderr } = await runExport(service.url, [...january, '-o', folder.at('a')])
  expect(stderr).toContain('Unexpected response: not a page of call logs. Check --api-url.')
  expect(code).toBe(5)
})

test('a service that calls no page the last one is found out, and no other host is asked', async () => {
  let [here, elsewhere] = [0, 0]
  const same: RequestListener = (request, response) => {
    here += 1
    const page = Number(new URL(request.url!, 'http://x').searchParams.get('page') ?? 1)
    const calls = Array.from({ length: 100 }, (_, index) => ({
      ...call(index + 1),
      timestamp: '2025-01-01T00:00:00Z',
    }))
    const next = `${other.url}/?page=${page + 1}`
    const body = { count: 0, next, previous: null, results: calls }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  }
  await using other = await serve(() => (elsewhere += 1))
  await using service = await serve(same)
  const second = ['--from', '2025-01-01', '--to', '2025-01-01T00:00:01Z', '--concurrency', '1']
  const { code, stderr } = await runExport(service.url, [...second, '-o', folder.at('a')])
  expect(stderr).toContain('Stopped at page 2: the API keeps returning the same page')
  expect({ code, elsewhere }).toEqual({ code: 5, elsewhere: 0 })
  expect(here).toBeLessThanOrEqual(3)
})

test('a count that is wrong, even 0, changes nothing', async () => {
  await control(mock, '/faults', [
    { count: 0, times: 6 },
    { count: 1_000_000, times: 3 },
  ])
  expect((await run()).code).toBe(0)
  expect(idsOf(folder.at('a'))).toEqual(everyId)
})
