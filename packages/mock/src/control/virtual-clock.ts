import { MockError } from '../mock-error.ts'
import { checkDateTime, checkFields, checkInteger } from '../validate-input.ts'

/**
 * Time of a sandbox: by default it advances only on request, so that no result depends on when a test
 * runs.
 */
export interface VirtualClock {
  /** Time of the data, in milliseconds since 1970. */
  nowMs(): number
  /** How much time has passed in total. */
  elapsedMs(): number
  /** Moves to a later time, without counting it as elapsed. An earlier one changes nothing. */
  reach(timeMs: number): void
  /** A request has arrived. */
  tick(): void
  /** @throws {MockError} if it is not a move, or leads past {@link maxTimeMs}; nothing has moved then */
  move(value: unknown): void
}

export interface ClockMove {
  /** Show the data as of this date-time. */
  now?: string
  advanceMs?: number
}

/** Latest time of a clock: the year 9999, as RFC 3339 has four digits. */
export const maxTimeMs: number = Date.parse('9999-12-31T23:59:59Z')

/** @param realMs a real clock; time passes between two requests as it does there */
export function createVirtualClock(startMs: number, realMs?: () => number): VirtualClock {
  let now = startMs
  let lastMs = realMs?.() ?? 0
  let elapsed = 0
  const advance = (byMs: number): void => {
    elapsed += byMs
    now = Math.min(now + byMs, maxTimeMs)
  }
  return {
    nowMs: () => now,
    elapsedMs: () => elapsed,
    reach: (timeMs) => void (now = Math.max(now, timeMs)),
    tick() {
      const nextMs = realMs?.() ?? 0
      advance(nextMs - lastMs)
      lastMs = nextMs
    },
    move(value) {
      const fields = checkFields('clock', value, ['now', 'advanceMs'])
      const start = fields['now'] === undefined ? now : checkDateTime('now', fields['now'])
      const { advanceMs = 0 } = fields as ClockMove
      checkInteger('advanceMs', advanceMs, 0, maxTimeMs)
      if (start + advanceMs > maxTimeMs)
        throw new MockError(`Invalid clock: it would pass ${new Date(maxTimeMs).toISOString()}.`)
      now = start
      advance(advanceMs)
    },
  }
}
