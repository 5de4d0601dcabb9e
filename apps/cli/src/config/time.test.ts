import { expect, test } from 'vitest'
import { formatTime, readTime } from './time.ts'

// 1:30 in New York, an hour after its clocks were set back.
const now = Date.parse('2026-11-01T06:30:00Z')

test.each([
  ['now', '2026-11-01T06:30:00.000Z'],
  ['90s', '2026-11-01T06:28:30.000Z'],
  ['now-30m', '2026-11-01T06:00:00.000Z'],
  ['24h', '2026-10-31T06:30:00.000Z'],
  ['7d', '2026-10-25T06:30:00.000Z'],
  ['2w', '2026-10-18T06:30:00.000Z'],
  // Days of UTC, which all have 24 hours.
  ['today', '2026-11-01T00:00:00.000Z'],
  ['yesterday', '2026-10-31T00:00:00.000Z'],
  ['2026-03-29', '2026-03-29T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2026-11-01T09:00:00Z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01t09:00:00z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01T09:00Z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01T01:30:00.250-04:00', '2026-11-01T05:30:00.250Z'],
  ['2026-11-01T01:30:00-05:00', '2026-11-01T06:30:00.000Z'],
  ['2026-11-01T00:00:00+05:45', '2026-10-31T18:15:00.000Z'],
])('the time "%s" is %s', (text, want) => {
  expect(new Date(readTime('from', text, now)).toISOString()).toBe(want)
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
  // Without a zone.
  '2026-11-01T09:00:00',
  '2026-11-01 09:00:00Z',
])('the time "%s" is an error', (text) => {
  expect(() => readTime('from', text, now)).toThrow(`Invalid --from "${text}"`)
})

test('a date that does not exist is an error that says why', () => {
  expect(() => readTime('from', '2026-13-01', now)).toThrow('the date is not in the calendar')
})

test.each([
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ['today', 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['yesterday', 'Asia/Kathmandu', '2026-10-30T18:15:00.000Z'],
  // A 30-minute change, and midnight that does not exist.
  ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z'],
  ['2026-10-05', 'Australia/Lord_Howe', '2026-10-04T13:00:00.000Z'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
])('%s in %s starts at %s', (text, zone, want) => {
  expect(new Date(readTime('from', text, now, zone)).toISOString()).toBe(want)
})

test('formatTime() names the zone', () => {
  expect(formatTime(now)).toBe('2026-11-01 06:30 UTC')
  expect(formatTime(now, 'America/New_York')).toBe('2026-11-01 01:30 America/New_York')
})
