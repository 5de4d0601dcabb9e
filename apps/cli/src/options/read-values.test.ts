import { expect, test } from 'vitest'
import { duration, integer } from './read-values.ts'

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['30', 30_000],
  ['0.5', 500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['1.5d', 129_600_000],
  ['2w', 1_209_600_000],
])('the duration %s is %i ms', (text, ms) => {
  expect(duration(text)).toBe(ms)
})

test.each(['', '0', '0s', '-1s', '30 s', '1y', '1e3', 'soon'])(
  'the duration "%s" is invalid',
  (text) => {
    expect(() => duration(text)).toThrow('a duration such as 500ms, 30s, 2m or 7d')
  },
)

test('an integer has a minimum and is safe', () => {
  expect(integer(1)('2142')).toBe(2142)
  for (const text of ['0', '1.5', '1e3', '0x10', '', '9007199254740993'])
    expect(() => integer(1)(text)).toThrow('an integer ≥ 1')
})
