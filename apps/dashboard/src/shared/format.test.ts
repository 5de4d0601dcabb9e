import { expect, test } from 'vitest'
import { formatRange, formatSpan, formatTick, formatTime, readSeconds } from './format.ts'

test.each([
  ['90', 90],
  ['1:30', 90],
  ['1:00:00', 3600],
  ['', undefined],
  ['1:2:3:4', undefined],
  ['soon', undefined],
])('"%s" is read as %s seconds', (text, seconds) => expect(readSeconds(text)).toBe(seconds))

test.each([
  ['2025-01-02T00:00:00Z', '2025-01-03T00:00:00Z', 'Thu 2 Jan'],
  ['2025-01-02T00:00:00Z', '2025-01-09T00:00:00Z', '2 Jan – 8 Jan'],
  ['2025-01-02T09:00:00Z', '2025-01-02T11:30:00Z', '2 Jan, 09:00 – 11:30'],
  ['2025-01-02T09:00:00Z', '2025-01-03T11:30:00Z', '2 Jan, 09:00 – 3 Jan, 11:30'],
])('the span from %s to %s reads %s', (from, to, text) =>
  expect(formatSpan(from, to, 'UTC')).toBe(text),
)

test.each([
  ['2025-01-02T00:00:00Z', '2025-01-09T00:00:00Z', '2 Jan – 8 Jan'],
  ['2024-01-02T00:00:00Z', '2024-01-09T00:00:00Z', '2 Jan – 8 Jan (2024)'],
  ['2024-12-02T00:00:00Z', '2025-01-01T00:00:00Z', '2 Dec – 31 Dec (2024)'],
  ['2024-12-30T00:00:00Z', '2025-01-09T00:00:00Z', '30 Dec – 8 Jan (2024–2025)'],
])('in 2025 the chosen range from %s to %s reads %s', (from, to, text) =>
  expect(formatRange(from, to, 'UTC', '2025-06-01T00:00:00Z')).toBe(text),
)

test.each([
  [2.5, '2.50'],
  [-1_500_000, '-1.5M'],
  [1e27, '1.0e+27'],
])('on an axis the score %d reads %s', (value, text) => expect(formatTick(value, 2)).toBe(text))

test('an invalid time is a dash', () => expect(formatTime('soon', 'UTC')).toBe('–'))
