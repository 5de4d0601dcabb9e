import { encodeNdjsonRow } from '@cekura-kit/call-format'
import { hideSensitive } from '@cekura-kit/call-format/declared'
import type { CallLog } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../../errors/command-error.ts'
import { doctorCommand } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'
import type { StateRow, QuarantinedRow } from '../state/records.ts'
import { iso, readInstant } from './instant.ts'
import { minSpanMs, type Span } from './span.ts'

type Pii = ExportPlan['pii']

/** The window with a millisecond more at its start: whether a range includes its ends is undocumented. */
export const toQuery = ({ start, end }: Span) => ({
  timestamp_from: iso(Math.floor(start / minSpanMs) * minSpanMs - 1),
  timestamp_to: iso(Math.ceil(end / minSpanMs) * minSpanMs),
})

/** A call as a row, or why it cannot be one. */
export function parseCall(
  call: CallLog & { updated_at?: string },
  pii: Pii,
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

/** @throws {CommandError} if a call is from outside the requested window */
function checkFilter({ id, timestamp }: StateRow, { start, end }: Span): void {
  if (timestamp >= start - 2 * minSpanMs && timestamp <= end + 2 * minSpanMs) return
  throw new CommandError(
    `The API ignores the time filter: it returned call ${id} of ${iso(timestamp)} for ${iso(start)} to ${iso(end)} (static mock?).`,
    {
      code: 'filter_ignored',
      exitCode: exitCodes.failed,
      suggestion: (args) => `${doctorCommand(args)}  # shows the base URL and its source`,
    },
  )
}

/** The calls of a response. @throws {CommandError} if the API ignores the time filter */
export function parseCalls(calls: readonly CallLog[], window: Span, pii: Pii) {
  const rows: StateRow[] = []
  const quarantined: QuarantinedRow[] = []
  for (const call of calls) {
    const read = parseCall(call, pii)
    if ('reason' in read) quarantined.push(read)
    else {
      checkFilter(read, window)
      rows.push(read)
    }
  }
  return { rows, quarantined }
}
