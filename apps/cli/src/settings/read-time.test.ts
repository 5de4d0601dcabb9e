import { expect, test } from 'vitest'
import { formatTime, readTime } from './read-time.ts'

// Half past one at night, an hour after New York has set its clocks back.
const now = Date.parse('2026-11-01T06:30:00Z')

test.each([
  ['now', '2026-11-01 06:30:00Z'],
  ['90s', '2026-11-01 06:28:30Z'],
  ['now-30m', '2026-11-01 06:00:00Z'],
  ['24h', '2026-10-31 06:30:00Z'],
  ['7d', '2026-10-25 06:30:00Z'],
  ['2w', '2026-10-18 06:30:00Z'],
  // Days of UTC, which all have 24 hours.
  ['today', '2026-11-01 00:00:00Z'],
  ['yesterday', '2026-10-31 00:00:00Z'],
  ['2026-03-29', '2026-03-29 00:00:00Z'],
  ['2028-02-29', '2028-02-29 00:00:00Z'],
  ['2026-11-01T09:00:00Z', '2026-11-01 09:00:00Z'],
  ['2026-11-01t09:00:00z', '2026-11-01 09:00:00Z'],
  ['2026-11-01T09:00Z', '2026-11-01 09:00:00Z'],
  ['2026-11-01T01:30:00.250-04:00', '2026-11-01 05:30:00Z'],
  ['2026-11-01T01:30:00-05:00', '2026-11-01 06:30:00Z'],
  ['2026-11-01T00:00:00+05:45', '2026-10-31 18:15:00Z'],
])('the time "%s" is %s', (text, want) => {
  expect(formatTime(readTime('from', text, now))).toBe(want)
})

test.each([
  '',
  '7',
  '7y',
  '-7d',
  '7 d',
  'tomorrow',
  'now+1h',
  '01.11.2026',
  '2026-11',
  '2026-13-01',
  '2026-02-30',
  '2027-02-29',
  '2026-11-01T25:00:00Z',
  // Whose zone would that be?
  '2026-11-01T09:00:00',
  '2026-11-01 09:00:00Z',
])('the time "%s" is refused with what there is', (text) => {
  expect(() => readTime('from', text, now)).toThrow(
    `Cannot read --from "${text}": it is neither 7d, 24h, now-30m, today, a date like`,
  )
})
