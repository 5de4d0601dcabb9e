import { expect, test } from 'vitest'
import { callsUntil, timeOfCall } from './call-rhythm.ts'

const monday = Date.parse('2024-01-01T00:00:00Z')
const weekMs = 604_800_000

test('the rhythm and its inverse agree at every hour and between, years apart', () => {
  expect(callsUntil(monday)).toBe(0)
  // Where 4072 weeks before begin, what is left of a number of calls is rounded to a whole week.
  for (const weeks of [-4072, -53, 0, 1, 210])
    for (let half = 0; half < 2 * 168; half++) {
      const time = monday + weeks * weekMs + half * 1_800_000
      expect(timeOfCall(callsUntil(time))).toBeCloseTo(time, -1)
    }
  const week = callsUntil(monday + weekMs)
  expect(callsUntil(monday - weekMs)).toBeCloseTo(-week, 6)
})
