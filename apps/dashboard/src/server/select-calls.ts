import { previousPeriod, type TimeRange } from '@cekura-kit/call-format'
import { LRUCache } from 'lru-cache'
import type { CallFilter } from '../shared/call-filter.ts'
import type { Order } from '../shared/columns.ts'
import { createMatcher, sortCalls } from './filter-calls.ts'
import type { PreparedCall } from './prepare-call.ts'
import type { Snapshot } from './load-range.ts'
import type { RangeCache } from './range-cache.ts'
import { checkRange, toFilter, type Filtered } from './read-query.ts'

/** The calls of a range that a filter selects. */
export interface Selection {
  range: TimeRange
  snapshot: Snapshot
  filter: CallFilter
  calls: readonly PreparedCall[]
}

export interface Periods {
  now: Selection
  before?: Selection
}

const maxRemembered = 24
const remembered = new WeakMap<object, LRUCache<string, object>>()

/** A value computed from a snapshot, once per key while it is in use. */
export function remember<Value extends object>(
  snapshot: Snapshot,
  key: unknown,
  compute: () => Value,
): Value {
  let values = remembered.get(snapshot)
  if (!values) remembered.set(snapshot, (values = new LRUCache({ max: maxRemembered })))
  const name = JSON.stringify(key)
  const known = values.get(name) as Value | undefined
  if (known) return known
  const value = compute()
  values.set(name, value)
  return value
}

/** The filtered calls of a range; complete, or those that are loaded. */
export async function select(
  ranges: RangeCache,
  query: Filtered,
  signal: AbortSignal,
  isComplete: boolean,
): Promise<Selection> {
  const range = checkRange(query)
  const filter = toFilter(query)
  const snapshot = await ranges.read({ agent_id: query.agent_id, ...range }, isComplete, signal)
  const calls = remember(snapshot, ['filter', filter], () =>
    snapshot.calls.filter(createMatcher(filter)),
  )
  return { range, snapshot, filter, calls }
}

/** The filtered calls now and, if requested, in the previous period. */
export async function selectPeriods(
  ranges: RangeCache,
  query: Filtered & { compare: boolean },
  signal: AbortSignal,
): Promise<Periods> {
  const now = await select(ranges, query, signal, query.compare)
  if (!query.compare) return { now }
  const previous = previousPeriod(now.range, query.zone)
  const before = await select(ranges, { ...query, ...previous }, signal, true)
  // A part of a period cannot be compared.
  return now.snapshot.isPart || before.snapshot.isPart ? { now } : { now, before }
}

/** The selected calls in an order; the newest first is how they are kept. */
export function inOrder(
  { snapshot, filter, calls }: Selection,
  order: Order,
): readonly PreparedCall[] {
  if (order.key === 'time' && order.isDescending) return calls
  return remember(snapshot, ['sort', filter, order], () => sortCalls(calls, order))
}
