import { expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import { checkFaults, createFaultQueue, parseFaultHeader, formatRetryAfter } from './fault.ts'

test.each<[unknown, RegExp]>([
  [{}, /^Invalid faults: expected an array such as \[\{ "status": 429 \}\]\.$/],
  [[5], /^Invalid fault: expected an object with any of status, retryAfter, count/],
  [[null], /expected an object/],
  [[[]], /expected an object/],
  [[{ explode: 1 }], /unknown field "explode", expected any of status/],
  [[{ status: 399 }], /^Invalid status 399: expected an integer from 400 to 599\.$/],
  [[{ status: 600 }], /Invalid status 600/],
  [[{ status: '500' }], /Invalid status "500"/],
  [[{ status: 429, retryAfter: 86_401 }], /Invalid retryAfter 86401: .* from 0 to 86400/],
  [[{ status: 429, retryAfter: '7' }], /Invalid retryAfter "7": expected a number of seconds, or/],
  [[{ status: 429, retryAfter: '2025-01-15' }], /Invalid retryAfter "2025-01-15"/],
  [[{ count: -1 }], /Invalid count -1/],
  [[{ latencyMs: 20_001 }], /Invalid latencyMs 20001/],
  [[{ after: -1 }], /Invalid after -1/],
  [[{ times: 0 }], /Invalid times 0/],
  [
    [{ status: 500, count: 1 }],
    /^Invalid fault: count changes a page, but status 500 returns none/,
  ],
  [[{ retryAfter: 1 }], /^Invalid fault: retryAfter needs a status such as 429\.$/],
])('%j is an error: %s', (faults, message) => {
  expect(() => checkFaults(faults)).toThrow(MockError)
  expect(() => checkFaults(faults)).toThrow(message)
})

test('the minimum and the maximum of each field can be set', () => {
  const faults = [
    { status: 400, retryAfter: 0, latencyMs: 0, after: 0, times: 1 },
    { status: 599, retryAfter: 86_400, latencyMs: 20_000, after: 1_000_000, times: 1_000_000 },
    { status: 429, retryAfter: '2025-01-15T12:00:00Z' },
    { count: 0 },
    { count: Number.MAX_SAFE_INTEGER },
    { latencyMs: 5 },
  ]
  expect(checkFaults(faults)).toEqual(faults)
  expect(checkFaults([])).toEqual([])
})

test('a header is one fault, with or without blanks', () => {
  expect(parseFaultHeader('status=429; retryAfter=7')).toEqual({ status: 429, retryAfter: 7 })
  expect(parseFaultHeader(' latencyMs = 12;count=3 ')).toEqual({ latencyMs: 12, count: 3 })
  expect(parseFaultHeader('status=429;retryAfter=2025-01-15T12:00:00Z')).toEqual({
    status: 429,
    retryAfter: '2025-01-15T12:00:00Z',
  })
})

test.each([
  ['500', /expected pairs such as "status=429; retryAfter=7"/],
  ['', /expected pairs/],
  ['=5', /expected pairs/],
  ['status=', /expected pairs/],
  ['status=500;', /expected pairs/],
  ['status=5x', /Invalid status "5x"/],
  ['status=500; times=3', /after and times apply to several requests/],
  ['status=500; after=3', /after and times apply to several requests/],
])('the header "%s" is an error: %s', (text, message) => {
  expect(() => parseFaultHeader(text)).toThrow(message)
})

test('faults apply in order, after and for the given number of requests', () => {
  const faults = [{ status: 500, after: 2, times: 2 }, { status: 403 }, { count: 1, after: 1 }]
  const next = createFaultQueue(faults)
  const assigned = Array.from({ length: 8 }, () => next())
  const [first, second, third] = faults
  const none = undefined
  expect(assigned).toEqual([none, none, first, first, second, none, third, none])
  expect(createFaultQueue([])()).toBeUndefined()
})

test('Retry-After is seconds, or an HTTP date', () => {
  expect(formatRetryAfter(7)).toBe('7')
  expect(formatRetryAfter('2025-01-15T12:00:07Z')).toBe('Wed, 15 Jan 2025 12:00:07 GMT')
})
