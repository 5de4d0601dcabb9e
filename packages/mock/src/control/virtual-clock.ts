import { MockError } from '../mock-error.ts'
import { checkDateTime, checkFields, checkInteger } from '../validate-input.ts'

/**
 * Time of a sandbox: by default it advances only on request, so that no result depends on when a test
 * runs.
 */
export interface VirtualClock {
  /** Time of the data, in milliseconds since 1970. */
  nowMs(): number
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
  return {
    nowMs: () => now,
    tick() {
      const nextMs = realMs?.() ?? 0
      now = Math.min(now + nextMs - lastMs, maxTimeMs)
      lastMs = nextMs
    },
    move(value) {
      const fields = checkFields('clock', value, ['now', 'advanceMs'])
      const start = fields['now'] === undefined ? now : checkDateTime('now', fields['now'])
      const { advanceMs = 0 } = fields as ClockMove
      checkInteger('advanceMs', advanceMs, 0, maxTimeMs)
      if (start + advanceMs > maxTimeMs)
        throw new MockError(`Invalid clock: it would pass ${new Date(maxTimeMs).toISOString()}.`)
      now = start + advanceMs
    },
  }
}
