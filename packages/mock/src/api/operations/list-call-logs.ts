import type { CallFilter } from '../../data/call-store.ts'
import { agents } from '../../data/catalog.ts'
import type { Assumptions } from '../assumptions.ts'
import { createQueryReader, ErrorReply, type QueryReader } from '../read-query.ts'
import { createPage } from './create-page.ts'
import type { Handler } from './handler.ts'

const dayMs = 86_400_000

/** @param nowMs end of a list without `timestamp_to` */
function readFilter(reader: QueryReader, assumptions: Assumptions, nowMs: number): CallFilter {
  const { defaultDays, maxRangeDays, endOfRange } = assumptions
  const agentId = reader.integer('agent_id')
  const ids = reader
    .text('call_ids')
    ?.split(',')
    .map((id) => id.trim())
  if (ids?.some((id) => !/^\d+$/.test(id)))
    reader.addError('call_ids', 'Enter integers separated by commas.')
  const assistantId = reader.text('assistant_id')
  const toMs = reader.time('timestamp_to')
  const endMs = toMs ?? nowMs
  const byDefault = defaultDays === null ? undefined : endMs - defaultDays * dayMs
  const fromMs = reader.time('timestamp_from') ?? byDefault
  if (maxRangeDays !== null && fromMs !== undefined && endMs - fromMs > maxRangeDays * dayMs)
    reader.addError('timestamp_from', `The time range may span at most ${maxRangeDays} days.`)
  return {
    agentId,
    fromMs,
    // Timestamps are integers of milliseconds.
    toMs: toMs !== undefined && endOfRange === 'excluded' ? toMs - 1 : toMs,
    ids: ids && new Set(ids.map(Number)),
    assistantId,
  }
}

/** The page of call logs that a request selects. */
export const listCallLogs: Handler = (context) => {
  const { request, rules, settings, store, nowMs } = context
  const { assumptions } = settings
  const reader = createQueryReader(request.query, { assumptions, rules })
  const filter = readFilter(reader, assumptions, nowMs)
  const paging = reader.paging()
  reader.finish()
  const { agentId } = filter
  const isKnown = agentId === undefined || agents.some(({ id }) => id === agentId)
  if (assumptions.unknownAgent !== 'empty' && !isKnown)
    throw new ErrorReply(assumptions.unknownAgent, { detail: 'No such agent.' })
  const { page, size } = paging
  const found = store.select(filter, (page - 1) * size, size, assumptions.order)
  return { status: 200, body: createPage(context, paging, found) }
}
