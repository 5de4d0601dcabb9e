import { expect, test } from 'vitest'
import { retryAfterMs } from '../../src/retry-after.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const read = (retryAfter: string, date?: string): number | undefined =>
  retryAfterMs(new Headers({ 'retry-after': retryAfter, ...(date && { date }) }), now)

test.each([
  { form: 'seconds', value: '30' },
  { form: 'RFC 9110', value: 'Thu, 01 Jan 2026 00:00:30 GMT' },
  { form: 'RFC 850', value: 'Thursday, 01-Jan-26 00:00:30 GMT' },
  { form: 'asctime', value: 'Thu Jan  1 00:00:30 2026' },
])('reads $form', ({ value }) => {
  expect(read(value)).toBe(30_000)
})

test.each([
  { form: 'RFC 9110', date: 'Thu, 01 Jan 2026 12:00:00 GMT' },
  { form: 'RFC 850', date: 'Thursday, 01-Jan-26 12:00:00 GMT' },
  { form: 'asctime', date: 'Thu Jan  1 12:00:00 2026' },
])('counts from a Date header in $form', ({ date }) => {
  expect(read('Thu, 01 Jan 2026 12:00:07 GMT', date)).toBe(7000)
})

test('counts from the clock when the Date header is unreadable', () => {
  expect(read('Thu, 01 Jan 2026 00:00:07 GMT', 'soon')).toBe(7000)
})

test.each([
  '',
  'soon',
  '-1',
  '1.5',
  '1e3',
  '0x10',
  'Thu, 01 Jan 2026 00:00:30',
  'Thu, 01 Foo 2026 00:00:30 GMT',
  'Thu, 01 Jan 2026 25:00:30 GMT',
  'Thu, 01 Jan 2026 00:00:30 GMT+1',
  '2026-01-01T00:00:30Z',
])('ignores "%s"', (value) => {
  expect(read(value)).toBeUndefined()
})

test('returns undefined without the header', () => {
  expect(retryAfterMs(new Headers(), now)).toBeUndefined()
})
