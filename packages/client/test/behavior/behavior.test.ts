import { inspect } from 'node:util'
import { CekuraError } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { behaviorCases } from './behavior-cases.ts'
import { page, row, status, type Expected } from './case.ts'
import { apiKey, runCase } from './run-case.ts'

type Outcome = Awaited<ReturnType<typeof runCase>>

function checkError({ error, url }: Outcome, expected: Expected): void {
  const { code, reason, status: statusCode, attempts, retryAfterMs, message } = expected
  if (code === undefined) {
    expect(error).toBeUndefined()
    return
  }
  expect(CekuraError.is(error), inspect(error)).toBe(true)
  const { maxMessageLength = 500 } = expected
  const failure = error as CekuraError
  const details = { code, reason, status: statusCode, attempts, retryAfterMs, message }
  expect({ ...failure, message: failure.message.replace(url, '{server}') }).toMatchObject(
    Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)),
  )
  expect(failure.message.length).toBeLessThan(maxMessageLength)
}

test.each(behaviorCases)('$title', async (testCase) => {
  const { expected } = testCase
  const outcome = await runCase(testCase)
  const { ids, error, waits, requests, requestsToOther } = outcome
  checkError(outcome, expected)
  expect(requests).toHaveLength(expected.requests)
  if (expected.waits) expect(waits).toEqual(expected.waits)
  if (expected.ids) expect(ids).toEqual(expected.ids)
  if (expected.pages) expect(requests.map(({ query }) => query['page'])).toEqual(expected.pages)
  if (expected.sent) expect(requests[0]!.query).toEqual({ agent_id: '7', ...expected.sent })
  for (const [name, value] of Object.entries(expected.headers ?? {}))
    expect(requests[0]!.headers[name]).toBe(value)
  // In every case the key stays at its origin and out of errors.
  expect(requestsToOther).toBe(0)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey)
  expect(JSON.stringify(error) ?? '').not.toContain(apiKey)
})

test('every title is unique', () => {
  const titles = behaviorCases.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
})

test.each<{ what: string; expected: Partial<Expected> }>([
  { what: 'a wrong number of requests', expected: { requests: 3 } },
  { what: 'a wrong wait', expected: { waits: [1] } },
  { what: 'a missing error', expected: { code: 'server' } },
])('a row with $what fails', async ({ expected }) => {
  const { waits, requests, error } = await runCase(
    row('', [status(503), page([1])], { requests: 2 }),
  )
  const seen = { requests: requests.length, waits, code: (error as CekuraError | undefined)?.code }
  expect(seen).not.toMatchObject(expected)
})
