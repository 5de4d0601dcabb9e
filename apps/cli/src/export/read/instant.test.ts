import { expect, test } from 'vitest'
import { readInstant, readMicros } from './instant.ts'

const at = Date.parse('2025-01-15T09:30:00Z')

test.each([
  ['2025-01-15T09:30:00Z', at],
  ['2025-01-15T11:30:00+02:00', at],
  ['2025-01-15T11:30:00+0200', at],
  ['2025-01-15 09:30:00.5Z', at + 500],
  // No offset is UTC, not the zone of the machine.
  ['2025-01-15T09:30', at],
  // A leap second is the second after it.
  ['2016-12-31T23:59:60Z', Date.parse('2017-01-01T00:00:00Z')],
  // Cut and not rounded, before 1970 too.
  ['2025-01-15T09:30:00.999999Z', at + 999],
  ['1969-12-31T23:59:59.999999Z', -1],
])('the instant of "%s" is %i', (text, time) => {
  expect(readInstant(text)).toBe(time)
})

test.each(['', 'soon', '2025-01-15', '2025-13-01T00:00:00Z', 7, null, undefined])(
  '%j is no instant',
  (text) => {
    expect(readInstant(text)).toBeUndefined()
  },
)

test('microseconds are kept', () => {
  expect(readMicros('2025-01-15T09:30:00.123456789Z')).toBe(BigInt(at) * 1000n + 123456n)
})
