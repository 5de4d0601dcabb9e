import { checkFields, checkInstant, checkWholeNumber } from './check-input.ts'

/** Time of a sandbox: it stands until it is moved, so that nothing depends on when a test runs. */
export interface VirtualClock {
  /** The instant of the data; undefined while they stand at their end. */
  nowMs(): number | undefined
  /** How much time has passed in all. */
  elapsedMs(): number
  advance(byMs: number): void
  /** A request has come. */
  tick(): void
  move(how: ClockMove): void
}

export interface ClockMove {
  /** The data as they stood at that instant; null for all that ever comes of them. */
  now?: string | null
  advanceMs?: number
  /** How much each request takes from now on; default 0. */
  tickMs?: number
}

const centuryMs = 3_155_760_000_000

/** @throws {MockError} when it is no move */
export function checkClockMove(value: unknown): ClockMove {
  const doing = 'Cannot move the clock'
  const move = checkFields(doing, value, ['now', 'advanceMs', 'tickMs'])
  if (move['now'] !== undefined && move['now'] !== null) checkInstant(doing, 'now', move['now'])
  for (const name of ['advanceMs', 'tickMs'])
    if (move[name] !== undefined) checkWholeNumber(doing, name, move[name], 0, centuryMs)
  return move
}

export function createVirtualClock(startMs: number | undefined): VirtualClock {
  let now = startMs
  let elapsed = 0
  let tickMs = 0
  const advance = (byMs: number): void => {
    elapsed += byMs
    if (now !== undefined) now += byMs
  }
  return {
    nowMs: () => now,
    elapsedMs: () => elapsed,
    advance,
    tick: () => advance(tickMs),
    move(how) {
      if (how.now !== undefined) now = how.now === null ? undefined : Date.parse(how.now)
      if (how.advanceMs !== undefined) advance(how.advanceMs)
      if (how.tickMs !== undefined) tickMs = how.tickMs
    },
  }
}
