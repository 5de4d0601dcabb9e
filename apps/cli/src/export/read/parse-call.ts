import { encodeNdjsonRow } from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../../errors/command-error.ts'
import { doctorCommand } from '../../errors/suggestion.ts'
import { hideSensitive } from '@cekura-kit/call-format/declared'
import type { ExportPii } from '../flags.ts'
import type { StateRow, QuarantinedRow } from '../state/records.ts'
import { iso, readInstant } from './instant.ts'
import { minSpanMs, type Span } from './span.ts'

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
  return calls.flatMap(({ id, timestamp }) => {
    const time = readInstant(timestamp)
    if (time === undefined) return []
    if (time < start - 2 * minSpanMs || time > end + 2 * minSpanMs)
      throw new FilterIgnoredError(
        `The API ignores the time filter: it returned call ${id} of ${timestamp} for ${iso(start)} to ${iso(end)} (static mock?).`,
      )
    return [time]
  })
}

/** A call as a row, or why it cannot be one. */
export function parseCall(
  call: CallLog & { updated_at?: string },
  pii: ExportPii,
): StateRow | QuarantinedRow {
  let json: string
  try {
    json = encodeNdjsonRow(hideSensitive(call, pii)).trimEnd()
  } catch (error) {
    // Nested too deeply, for example.
    return { reason: (error as Error).message, json: JSON.stringify({ id: call.id }) }
  }
  if (!Number.isSafeInteger(call.id)) return { reason: 'id is not a safe integer', json }
  const timestamp = readInstant(call.timestamp)
  if (timestamp === undefined) return { reason: 'timestamp is not a time', json }
  return { id: call.id, timestamp, updatedAt: readInstant(call.updated_at) ?? null, json }
}

/** The calls of a response that belong to the window. */
export function parseCalls(calls: readonly CallLog[], { start, end }: Span, pii: ExportPii) {
  const rows: StateRow[] = []
  const quarantined: QuarantinedRow[] = []
  for (const call of calls) {
    const read = parseCall(call, pii)
    if ('reason' in read) quarantined.push(read)
    // Two windows can return the same millisecond; one of them owns it.
    else if (read.timestamp >= start && read.timestamp < end) rows.push(read)
  }
  return { rows, quarantined }
}
