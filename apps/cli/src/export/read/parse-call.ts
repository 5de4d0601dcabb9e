import { encodeNdjsonRow, hidePersonalData, type PiiRule } from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../../errors/command-error.ts'
import { doctorCommand } from '../../errors/suggestion.ts'
import { restoreIntegers, toInteger } from './exact-integers.ts'
import { iso, readInstant } from './instant.ts'
import type { StateRow, QuarantinedRow } from '../state/records.ts'
import type { Span } from './span.ts'
import { minSpanMs } from './window-plan.ts'

export interface CallRule {
  pii: PiiRule
  hash(text: string): string
}

/** The API returned calls that its time filter excludes. */
export class FilterIgnoredError extends CommandError {
  constructor(message: string) {
    super(message, {
      code: 'filter_ignored',
      exitCode: exitCodes.failed,
      suggestion: (args) => `${doctorCommand(args)}  # shows the base URL and its source`,
    })
  }
}

/** The window with a millisecond more at its start: whether a range includes its ends is undocumented. */
export const toQuery = ({ start, end }: Span) => ({
  timestamp_from: iso(Math.floor(start / minSpanMs) * minSpanMs - 1),
  timestamp_to: iso(Math.ceil(end / minSpanMs) * minSpanMs),
})

/**
 * Times of the calls in a response.
 *
 * @throws {FilterIgnoredError} if a call is from outside the requested window
 */
export function readTimes(calls: readonly CallLog[], { start, end }: Span): number[] {
  const times: number[] = []
  for (const { id, timestamp } of calls) {
    const time = readInstant(timestamp)
    if (time === undefined) continue
    if (time < start - 2 * minSpanMs || time > end + 2 * minSpanMs)
      throw new FilterIgnoredError(
        `The API ignores the time filter: it returned call ${id} of ${timestamp} for ${iso(start)} to ${iso(end)} (static mock?).`,
      )
    times.push(time)
  }
  return times
}

/** A call as a row, or why it cannot be one. */
export function parseCall(
  call: CallLog & { updated_at?: string },
  { pii, hash }: CallRule,
): StateRow | QuarantinedRow {
  const hidden = hidePersonalData(call, pii, (text) => hash(restoreIntegers(text)))
  const json = restoreIntegers(encodeNdjsonRow(hidden).trimEnd())
  const id = toInteger(call.id)
  // A column has 64 bits.
  if (id === undefined || BigInt.asIntN(64, BigInt(id)) !== BigInt(id))
    return { reason: 'id is not an integer', json }
  const timestamp = readInstant(call.timestamp)
  if (timestamp === undefined) return { reason: 'timestamp is not a time', json }
  return { id, timestamp, updatedAt: readInstant(call.updated_at) ?? null, json }
}

/** The calls of a response that belong to the window. */
export function parseCalls(
  calls: readonly CallLog[],
  { start, end }: Span,
  rule: CallRule,
): { rows: StateRow[]; quarantined: QuarantinedRow[] } {
  const rows: StateRow[] = []
  const quarantined: QuarantinedRow[] = []
  for (const call of calls) {
    const read = parseCall(call, rule)
    if ('reason' in read) quarantined.push(read)
    // Two windows can return the same millisecond; one of them owns it.
    else if (read.timestamp >= start && read.timestamp < end) rows.push(read)
  }
  return { rows, quarantined }
}
