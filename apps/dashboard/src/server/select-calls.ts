import type { TimeRange } from '@cekura-kit/call-format'
import { LRUCache } from 'lru-cache'
import type { CallFilter } from '../shared/call-filter.ts'
import type { Order } from '../shared/columns.ts'
import { createMatcher, sortCalls } from './filter-calls.ts'
import type { PreparedCall } from './prepare-call.ts'
import type { Snapshot } from './load-range.ts'

/** The calls of a range that a filter selects. */
export interface Selection {
  range: TimeRange
  snapshot: Snapshot
  filter: CallFilter
  calls: readonly PreparedCall[]
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

export const selectCalls = (
  snapshot: Snapshot,
  range: TimeRange,
  filter: CallFilter,
): Selection => ({
  range,
  snapshot,
  filter,
  calls: remember(snapshot, ['filter', filter], () => snapshot.calls.filter(createMatcher(filter))),
})

/** The selected calls in an order; the newest first is how they are kept. */
export function inOrder(
  { snapshot, filter, calls }: Selection,
  order: Order,
): readonly PreparedCall[] {
  if (order.key === 'time' && order.isDescending) return calls
  return remember(snapshot, ['sort', filter, order], () => sortCalls(calls, order))
}
