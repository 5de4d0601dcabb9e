import { jsonSchemaOf, resolveRef } from '@cekura-kit/spec/document'
import type { CallLogPage } from '@cekura-kit/types'
import { agentIds, type CallStore } from '../data/call-store.ts'
import type { CallWrites } from '../data/call-writes.ts'
import type { Fault } from '../faults/fault.ts'
import type { Assumptions } from './assumptions.ts'
import type { OperationRequest } from './create-api.ts'
import type { ParameterRules } from './parameter-rules.ts'
import { ErrorReply, readQuery, throwInvalidPage } from './read-query.ts'
import { withRequired } from './sample-value.ts'

export interface ListContext {
  store: CallStore
  writes: CallWrites
  assumptions: Assumptions
  rules: ParameterRules
  nowMs: number
  fault: Fault | undefined
  /** Start of the links between pages, without a trailing slash. */
  publicUrl: string
}

/** Changes the list before a page of it is served. */
function applyFault(agentId: number | undefined, writes: CallWrites, fault: Fault): void {
  const { drift = 0, shrink = 0 } = fault
  if (drift > 0) writes.insertNewest(agentId, 1000, drift)
  if (drift < 0) writes.remove(agentId, 0, -drift)
  if (shrink > 0) writes.remove(agentId, Math.max(0, writes.count(agentId) - shrink), shrink)
}

/**
 * The page that a request selects.
 *
 * @returns the page, and the agent whose calls it lists
 * @throws {ErrorReply} if the API, as assumed, would reject it
 */
export function listCallLogs(
  { operation, document, pathname, query }: OperationRequest,
  { store, writes, assumptions, rules, nowMs, fault, publicUrl }: ListContext,
): { page: CallLogPage; agentId: number | undefined } {
  const { filter, page: number, size } = readQuery(query, { assumptions, rules, nowMs })
  const { agentId } = filter
  const isKnown = agentId === undefined || agentIds.some((id) => id === agentId)
  if (assumptions.unknownAgent !== 'empty' && !isKnown)
    throw new ErrorReply(assumptions.unknownAgent, { detail: 'No such agent.' })
  if (fault) applyFault(agentId, writes, fault)

  const { count, results } = store.select(filter, (number - 1) * size, size, assumptions.order)
  if (number > 1 && results.length === 0 && assumptions.pagePastTheEnd === 404) throwInvalidPage()
  const link = (to: number): string => {
    const target = new URLSearchParams(query)
    if (to === 1) target.delete('page')
    else target.set('page', String(to))
    return `${publicUrl}${pathname}?${target}`
  }
  const schema = jsonSchemaOf(
    operation.responses.find(({ status }) => status === '200')?.content ?? {},
  )
  const shownCount = fault?.count ?? count
  const page = withRequired<CallLogPage>(document, resolveRef(document, schema), {
    ...(assumptions.count === 'present' && { count: shownCount }),
    next: number * size < count ? link(number + 1) : null,
    previous: number > 1 ? link(number - 1) : null,
    results: results.map((call) => withRequired(document, operation.pageItem, call)),
  })
  // A document that requires it overrules the assumption.
  if (page.count !== undefined) page.count = shownCount
  return { page, agentId }
}
