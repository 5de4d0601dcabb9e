import { encodeNdjsonRow, hidePersonalData, type PiiRule } from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../command-error.ts'
import { writeDoctor } from '../write-command.ts'
import { restoreIntegers, toInteger } from './exact-integers.ts'
import { iso, readInstant } from './instant.ts'
import type { LedgerRow, QuarantinedRow } from './ledger.ts'
import type { Span } from './span.ts'
import { minSpanMs } from './walk-plan.ts'

export interface CallRule {
  pii: PiiRule
  hash(text: string): string
}

/** The service answered something that no time filter can have let through. */
export class FilterIgnored extends CommandError {
  constructor(message: string) {
    super(message, {
      code: 'filter_ignored',
      exitCode: exitCodes.failed,
      fix: (args) => `${writeDoctor(args)}  # tells the base URL and where it comes from`,
    })
  }
}

/** The window with an instant more at its start: whether a range holds its ends is not documented. */
export const toQuery = ({ start, end }: Span) => ({
  timestamp_from: iso(Math.floor(start / minSpanMs) * minSpanMs - 1),
  timestamp_to: iso(Math.ceil(end / minSpanMs) * minSpanMs),
})

/**
 * Instants of the calls of an answer, as they came.
 *
 * @throws {FilterIgnored} when a call is from outside what was asked for
 */
export function readTimes(calls: readonly CallLog[], { start, end }: Span): number[] {
  const times: number[] = []
  for (const { id, timestamp } of calls) {
    const time = readInstant(timestamp)
    if (time === undefined) continue
    if (time < start - 2 * minSpanMs || time > end + 2 * minSpanMs)
      throw new FilterIgnored(
        `Cannot export: the service answered call ${id} of ${timestamp} for the time from ${iso(start)} to ${iso(end)}, so it ignores the time filter, as a static mock does`,
      )
    times.push(time)
  }
  return times
}

/** A call as a row, or as what it cannot be taken for. */
export function readCall(
  call: CallLog & { updated_at?: string },
  { pii, hash }: CallRule,
): LedgerRow | QuarantinedRow {
  const hidden = hidePersonalData(call, pii, (text) => hash(restoreIntegers(text)))
  const json = restoreIntegers(encodeNdjsonRow(hidden).trimEnd())
  const id = toInteger(call.id)
  // 64 bits is what a column holds.
  if (id === undefined || BigInt.asIntN(64, BigInt(id)) !== BigInt(id))
    return { reason: 'id is no integer', json }
  const timestamp = readInstant(call.timestamp)
  if (timestamp === undefined) return { reason: 'timestamp is no instant', json }
  return { id, timestamp, updatedAt: readInstant(call.updated_at) ?? null, json }
}

/** The calls of an answer that are the window's own. */
export function readCalls(
  calls: readonly CallLog[],
  { start, end }: Span,
  rule: CallRule,
): { rows: LedgerRow[]; quarantined: QuarantinedRow[] } {
  const rows: LedgerRow[] = []
  const quarantined: QuarantinedRow[] = []
  for (const call of calls) {
    const read = readCall(call, rule)
    if ('reason' in read) quarantined.push(read)
    // One window a call, also where two ask for the same instant.
    else if (read.timestamp >= start && read.timestamp < end) rows.push(read)
  }
  return { rows, quarantined }
}
