import type { CekuraClient } from '@cekura-kit/client'
import { listPages } from '../list-pages.ts'
import { iso } from './instant.ts'
import type { Ledger } from './ledger.ts'
import { readCall, type CallRule } from './read-call.ts'
import type { Span } from './span.ts'

/** More would make an address longer than servers take. */
const idsPerRequest = 100
const dayMs = 86_400_000
/** Within what one request may ask for, with a day at either end. */
const maxSpanMs = 28 * dayMs

type Ids = (number | bigint)[]
type Missing = ReturnType<Ledger['missing']>

function* batches(missing: Missing): Generator<Missing> {
  let batch: Missing = []
  for (const call of missing) {
    const isFull =
      batch.length === idsPerRequest ||
      (batch.length > 0 && call.timestamp - batch[0]!.timestamp > maxSpanMs)
    if (isFull) {
      yield batch
      batch = []
    }
    batch.push(call)
  }
  if (batch.length > 0) yield batch
}

/**
 * Asks by id for calls that were not in their windows any more, before they are called gone: a call
 * whose time was edited during the pass can have been in no window when that was read.
 *
 * @param bury is given the ids that the service does not have, and of calls that have left the range
 */
export async function findMissing(
  client: CekuraClient,
  ledger: Ledger,
  {
    agentId,
    signal,
    spans,
    ...rule
  }: CallRule & { agentId: number; signal: AbortSignal; spans: readonly Span[] },
  bury: (ids: { gone: Ids; moved: Ids }) => void,
): Promise<void> {
  for (const batch of batches(ledger.missing())) {
    const query = {
      agent_id: agentId,
      call_ids: batch.map(({ id }) => Number(id)),
      page_size: idsPerRequest,
      timestamp_from: iso(batch[0]!.timestamp - dayMs),
      timestamp_to: iso(batch.at(-1)!.timestamp + dayMs),
    }
    const found = new Set<string>()
    const moved: Ids = []
    for await (const { results } of listPages(client, query, signal))
      for (const call of results) {
        const row = readCall(call, rule)
        if ('reason' in row) continue
        found.add(String(row.id))
        const { timestamp } = row
        if (spans.some(({ start, end }) => timestamp >= start && timestamp < end)) ledger.keep(row)
        else moved.push(row.id)
      }
    bury({ gone: batch.map(({ id }) => id).filter((id) => !found.has(String(id))), moved })
  }
}
