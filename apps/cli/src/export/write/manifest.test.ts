import { expect, test } from 'vitest'
import { joinWindows } from './manifest.ts'

const window = (start: number, change: object = {}) => ({
  start,
  end: start + 10,
  calls: 2,
  readAt: start,
  stable: true,
  closed: true,
  ...change,
})
const iso = (time: number): string => new Date(time).toISOString()

test('windows that touch are one stretch, which says between when and when it was read', () => {
  expect(joinWindows([window(0, { readAt: 50 }), window(10, { readAt: 70 }), window(20)])).toEqual([
    {
      from: iso(0),
      to: iso(30),
      calls: 6,
      windows: 3,
      read_from: iso(20),
      read_to: iso(70),
    },
  ])
})

test('a hole, a window that changed and one that had not settled stand by themselves', () => {
  const stretches = joinWindows([
    window(0),
    window(20),
    window(30, { stable: false }),
    window(40, { stable: false }),
    window(50, { closed: false }),
    window(60, { closed: false }),
  ])
  expect(stretches.map(({ from, to, unstable, open }) => [from, to, unstable, open])).toEqual([
    [iso(0), iso(10), undefined, undefined],
    [iso(20), iso(30), undefined, undefined],
    [iso(30), iso(40), true, undefined],
    [iso(40), iso(50), true, undefined],
    [iso(50), iso(70), undefined, true],
  ])
})
