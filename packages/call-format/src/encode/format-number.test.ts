import { expect, test } from 'vitest'
import {
  formatPercent,
  formatPoints,
  formatSeconds,
  formatShare,
  plural,
  withSign,
} from './format-number.ts'

test.each([
  [null, '–'],
  [7, '0:07'],
  [247.4, '4:07'],
  [3753, '1:02:33'],
])('%s seconds read %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text))

test.each([
  [null, '–'],
  [-0.0004, '0.0 pp'],
  [-0.02, '−2.0 pp'],
  [0.0006, '+0.1 pp'],
])('a change of %d is written as %s', (value, text) => expect(formatPoints(value)).toBe(text))

test('zero has no sign once it is rounded', () =>
  expect([-0.04, 0.06].map((value) => withSign(value, (size) => size.toFixed(1)))).toEqual([
    '0.0',
    '+0.1',
  ]))

test('a share of nothing is a dash', () =>
  expect([formatShare(1, 4), formatShare(0, 0), formatPercent(null)]).toEqual(['25.0%', '–', '–']))

test('a count has its noun and separators', () =>
  expect([plural(1, 'call'), plural(1234, 'call')]).toEqual(['1 call', '1,234 calls']))
