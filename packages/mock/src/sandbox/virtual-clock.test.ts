import { expect, test } from 'vitest'
import { checkRateLimit, createTokenBucket } from './token-bucket.ts'
import { checkClockMove, createVirtualClock } from './virtual-clock.ts'

const noon = '2025-01-15T12:00:00Z'
const noonMs = Date.parse(noon)

test('a clock without a start has no instant, and time passes all the same', () => {
  const clock = createVirtualClock(undefined)
  clock.advance(5)
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([undefined, 5])
})

test('a clock is advanced, ticked and set', () => {
  const clock = createVirtualClock(noonMs)
  clock.tick()
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([noonMs, 0])
  clock.move({ advanceMs: 7, tickMs: 3 })
  clock.tick()
  clock.tick()
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([noonMs + 13, 13])
  clock.move({ now: null })
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([undefined, 13])
  clock.move({ now: noon, advanceMs: 1 })
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([noonMs + 1, 14])
  clock.move({ tickMs: 0 })
  clock.tick()
  clock.move({})
  clock.tick()
  expect([clock.nowMs(), clock.elapsedMs()]).toEqual([noonMs + 1, 14])
})

test.each([{}, { now: null }, { now: noon, advanceMs: 0, tickMs: 3_155_760_000_000 }])(
  'the move %j is one',
  (move) => {
    expect(checkClockMove(move)).toEqual(move)
  },
)

test.each<[unknown, string]>([
  [null, 'give an object with some of now, advanceMs, tickMs'],
  [{ at: 1 }, 'there is no "at"; give some of now, advanceMs, tickMs'],
  [{ now: 'noon' }, 'now is "noon"; give an instant as 2025-01-15T12:00:00Z'],
  [{ advanceMs: -1 }, 'advanceMs is -1; give a whole number from 0 to 3155760000000'],
  [{ tickMs: 3_155_760_000_001 }, 'tickMs is 3155760000001; give a whole number from 0 to'],
  [{ tickMs: null }, 'tickMs is null; give a whole number from 0 to 3155760000000'],
])('the move %j is refused: %s', (move, why) => {
  expect(() => checkClockMove(move)).toThrow(`Cannot move the clock: ${why}`)
})

test('a bucket gives its burst at once, then as time fills it, and no more than the burst', () => {
  const take = createTokenBucket({ burst: 2, perMinute: 30 })
  expect([take(0), take(0), take(0)]).toEqual([0, 0, 2])
  expect([take(999), take(1000), take(1999)]).toEqual([2, 1, 1])
  expect([take(2000), take(2000)]).toEqual([0, 2])
  expect([take(1e9), take(1e9), take(1e9)]).toEqual([0, 0, 2])
})

test('a limit of many a minute is kept to the millisecond', () => {
  const take = createTokenBucket({ burst: 1, perMinute: 60_000_000 })
  expect([take(0), take(0), take(1), take(1)]).toEqual([0, 1, 0, 1])
})

test.each([
  [null, null],
  [
    { burst: 1, perMinute: 1 },
    { burst: 1, perMinute: 1 },
  ],
])('the limit %j is %j', (limit, want) => {
  expect(checkRateLimit(limit)).toEqual(want)
})

test.each<[unknown, string]>([
  [5, 'give an object with some of burst, perMinute'],
  [{ burst: 1, perMinute: 1, per: 1 }, 'there is no "per"; give some of burst, perMinute'],
  [{ burst: 0, perMinute: 1 }, 'burst is 0; give a whole number from 1 to 1000000'],
  [{ burst: 1 }, 'perMinute is undefined; give a whole number from 1 to 60000000'],
])('the limit %j is refused: %s', (limit, why) => {
  expect(() => checkRateLimit(limit)).toThrow(`Cannot limit the rate: ${why}`)
})
