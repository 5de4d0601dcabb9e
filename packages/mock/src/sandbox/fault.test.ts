import { expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import { checkFaults, createFaultQueue, parseFaultHeader, retryAfterText } from './fault.ts'

const names = 'status, retryAfter, count, drift, shrink, latencyMs, after, times'

test.each<[unknown, string]>([
  [{}, 'give a list, as [{ "status": 429 }]'],
  [[5], `a fault is an object with some of ${names}`],
  [[null], `a fault is an object with some of ${names}`],
  [[[]], `a fault is an object with some of ${names}`],
  [[{ explode: 1 }], `there is no "explode"; give some of ${names}`],
  [[{ status: 399 }], 'status is 399; give a whole number from 400 to 599'],
  [[{ status: 600 }], 'status is 600; give a whole number from 400 to 599'],
  [[{ status: '500' }], 'status is "500"; give a whole number from 400 to 599'],
  [
    [{ status: 429, retryAfter: 86_401 }],
    'retryAfter is 86401; give a whole number from 0 to 86400',
  ],
  [
    [{ status: 429, retryAfter: 'soon' }],
    'retryAfter is "soon"; give seconds, or an instant as 2025-01-15T12:00:00Z',
  ],
  [[{ count: -1 }], 'count is -1; give a whole number from 0 to 9007199254740991'],
  [[{ drift: 100_001 }], 'drift is 100001; give a whole number from -100000 to 100000'],
  [[{ shrink: -1 }], 'shrink is -1; give a whole number from 0 to 100000'],
  [[{ latencyMs: 20_001 }], 'latencyMs is 20001; give a whole number from 0 to 20000'],
  [[{ after: -1 }], 'after is -1; give a whole number from 0 to 1000000'],
  [[{ times: 0 }], 'times is 0; give a whole number from 1 to 1000000'],
  [[{ status: 500, count: 1 }], 'a 500 has no page to change; leave out count'],
  [[{ status: 500, drift: 1 }], 'a 500 has no page to change; leave out drift'],
  [[{ status: 500, shrink: 1 }], 'a 500 has no page to change; leave out shrink'],
  [[{ retryAfter: 1 }], 'retryAfter is of a refusal; give its status, as 429'],
])('%j is refused: %s', (faults, why) => {
  expect(() => checkFaults(faults)).toThrow(new MockError(`Cannot set faults: ${why}`))
})

test('the least and the most of each field can be set', () => {
  const faults = [
    { status: 400, retryAfter: 0, latencyMs: 0, after: 0, times: 1 },
    { status: 599, retryAfter: 86_400, latencyMs: 20_000, after: 1_000_000, times: 1_000_000 },
    { status: 429, retryAfter: '2025-01-15T12:00:00Z' },
    { count: 0, drift: -100_000, shrink: 0 },
    { count: Number.MAX_SAFE_INTEGER, drift: 100_000, shrink: 100_000 },
    { latencyMs: 5 },
  ]
  expect(checkFaults(faults)).toEqual(faults)
  expect(checkFaults([])).toEqual([])
})

test('a header says one fault, with blanks or without', () => {
  expect(parseFaultHeader('status=429; retryAfter=7')).toEqual({ status: 429, retryAfter: 7 })
  expect(parseFaultHeader(' drift = -12;count=3 ')).toEqual({ drift: -12, count: 3 })
  expect(parseFaultHeader('status=429;retryAfter=2025-01-15T12:00:00Z')).toEqual({
    status: 429,
    retryAfter: '2025-01-15T12:00:00Z',
  })
})

test.each([
  ['500', 'write "status=429; retryAfter=7"'],
  ['', 'write "status=429; retryAfter=7"'],
  ['=5', 'write "status=429; retryAfter=7"'],
  ['status=', 'write "status=429; retryAfter=7"'],
  ['status=500;', 'write "status=429; retryAfter=7"'],
  ['status=5x', 'status is "5x"; give a whole number from 400 to 599'],
  ['status=x5', 'status is "x5"; give a whole number from 400 to 599'],
  ['status=500; times=3', 'it is about one request; leave out after and times'],
  ['status=500; after=3', 'it is about one request; leave out after and times'],
])('the header "%s" is refused: %s', (text, why) => {
  expect(() => parseFaultHeader(text)).toThrow(
    new MockError(`Cannot follow x-sandbox-fault "${text}": ${why}`),
  )
})

test('faults are dealt in their order, each after and for so many requests', () => {
  const faults = [{ status: 500, after: 2, times: 2 }, { status: 403 }, { count: 1, after: 1 }]
  const next = createFaultQueue(faults)
  const dealt = Array.from({ length: 8 }, () => next())
  const [first, second, third] = faults
  const none = undefined
  expect(dealt).toEqual([none, none, first, first, second, none, third, none])
  expect(createFaultQueue([])()).toBeUndefined()
})

test('Retry-After is seconds, or an HTTP date', () => {
  expect(retryAfterText(7)).toBe('7')
  expect(retryAfterText('2025-01-15T12:00:07Z')).toBe('Wed, 15 Jan 2025 12:00:07 GMT')
})
