import { encodeNdjsonRow, hidePersonalData, type PiiRule } from '@cekura-kit/calls'
import { createKeyedHash } from '@cekura-kit/calls/keyed-hash'
import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../command-error.ts'
import type { Ledger, LedgerRow, Span } from './ledger.ts'
import { splitWindow } from './plan-windows.ts'

export interface ReadOptions {
  agentId: number
  pii: PiiRule
  salt: string
  /** Windows that are asked for at a time. */
  concurrency: number
  signal: AbortSignal
  now(): number
  onWindow?: (() => void) | undefined
}

/** The service answered something that no time filter can have let through. */
export class FilterIgnored extends CommandError {
  constructor(message: string) {
    super(message, {
      code: 'filter_ignored',
      exitCode: exitCodes.failed,
      fix: 'cekura-logs doctor',
    })
  }
}

const iso = (time: number): string => new Date(time).toISOString()

function toRow(call: CallLog, span: Span, { pii, salt }: ReadOptions): LedgerRow {
  const timestamp = Date.parse(call.timestamp)
  if (!Number.isSafeInteger(call.id) || !(timestamp >= span.start && timestamp <= span.end))
    throw new FilterIgnored(
      `Cannot export: the service answered call ${call.id} of ${call.timestamp} for the time from ${iso(span.start)} to ${iso(span.end)}, so it ignores the time filter; check the base URL (a static mock does this)`,
    )
  return {
    id: call.id,
    timestamp,
    updatedAt: (call as { updated_at?: string }).updated_at ?? '',
    json: encodeNdjsonRow(hidePersonalData(call, pii, createKeyedHash(salt))).trimEnd(),
  }
}

/**
 * Reads every open window of the ledger.
 *
 * A window is read in one answer or split: one answer is one look at the data, so that calls added
 * or removed meanwhile cannot push others off a page. `next` says whether an answer was all of it.
 * Both ends of a window are asked for, and neighbours share an instant; the id keeps calls single.
 */
export async function readWindows(
  client: CekuraClient,
  ledger: Ledger,
  options: ReadOptions,
): Promise<void> {
  const { agentId: agent_id, signal } = options

  async function read(span: Span): Promise<void> {
    const query = {
      agent_id,
      page_size: 100,
      timestamp_from: iso(span.start),
      timestamp_to: iso(span.end),
    }
    const page = await client.callLogs.list(query, { signal })
    const rows = page.results.map((call) => toRow(call, span, options))
    const readAt = iso(options.now())
    if (page.next === null) {
      ledger.commit(span, rows, readAt, true)
      options.onWindow?.()
      return
    }
    const parts = splitWindow(span, page.count)
    if (parts.length > 0) {
      ledger.split(span, parts)
      return
    }
    // More calls in a second than fit a page: walked twice and joined, and called unstable when
    // the two walks differ.
    const walks: Map<number, LedgerRow>[] = []
    for (let walk = 0; walk < 2; walk++) {
      const seen = new Map<number, LedgerRow>()
      for await (const call of client.callLogs.list(query, { signal }))
        seen.set(call.id, toRow(call, span, options))
      walks.push(seen)
    }
    const [first, second] = walks as [Map<number, LedgerRow>, Map<number, LedgerRow>]
    const all = new Map([...first, ...second])
    const stable = all.size === first.size && all.size === second.size
    ledger.commit(span, [...all.values()], readAt, stable)
    options.onWindow?.()
  }

  for (;;) {
    signal.throwIfAborted()
    const spans = ledger.openWindows(options.concurrency)
    if (spans.length === 0) return
    const outcomes = await Promise.allSettled(spans.map(read))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    // The others' windows are committed; only the failed one is read again.
    if (failed) throw failed.reason
  }
}
