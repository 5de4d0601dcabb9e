import type { CallLogsListQuery, FieldErrors } from '@cekura-kit/types'
import type { CallFilter } from '../data/call-store.ts'
import { parseDateTime } from '../validate-input.ts'
import type { Assumptions } from './assumptions.ts'
import type { ParameterRules } from './parameter-rules.ts'
import { jsonResponse, type MockResponse } from './response.ts'

/** A response that is not a page. */
export class ErrorReply extends Error {
  readonly response: MockResponse

  constructor(status: number, body: object) {
    super()
    this.response = jsonResponse(status, body)
  }
}

export interface ListQuery {
  filter: CallFilter
  page: number
  size: number
}

const dayMs = 86_400_000
/** Parameters whose validation follows assumptions. The document alone decides about all others. */
const assumed: ReadonlySet<string> = new Set<keyof CallLogsListQuery & string>([
  'page',
  'page_size',
  'timestamp_from',
  'timestamp_to',
])

export const throwInvalidPage = (): never => {
  throw new ErrorReply(404, { detail: 'Invalid page.' })
}

/**
 * Reads the query of a list.
 *
 * @param query each name once
 * @param nowMs end of a list without `timestamp_to`
 * @throws {ErrorReply} if the API, as assumed, would reject it
 */
export function readQuery(
  query: URLSearchParams,
  { assumptions, rules, nowMs }: { assumptions: Assumptions; rules: ParameterRules; nowMs: number },
): ListQuery {
  const errors: FieldErrors = rules.check(query, assumed)
  const read = (name: string): string | undefined => {
    const text = query.get(name) ?? undefined
    return text === undefined || !rules.names.has(name) ? undefined : text
  }
  const readFilter = (name: string): string | undefined => {
    const text = read(name)
    if (text === '' && assumptions.blankFilter === 'rejected')
      errors[name] = ['This field may not be blank.']
    return text === '' ? undefined : text
  }
  const readTime = (name: string): number | undefined => {
    const text = read(name)
    if (text === undefined) return undefined
    const isZoned = assumptions.zonelessTime === 'rejected' || /(?:[Zz]|[+-]\d\d:\d\d)$/.test(text)
    const time = parseDateTime(isZoned ? text : `${text}Z`)
    if (time === undefined) errors[name] = ['Datetime has wrong format.']
    return time
  }

  const agentId = readFilter('agent_id')
  const ids = readFilter('call_ids')
    ?.split(',')
    .map((id) => id.trim())
  if (ids?.some((id) => !/^\d+$/.test(id)))
    errors['call_ids'] = ['Enter integers separated by commas.']
  const assistantId = readFilter('assistant_id')
  const toMs = readTime('timestamp_to')
  const fromMs = readTime('timestamp_from') ?? defaultStart(toMs ?? nowMs, assumptions)
  const { maxRangeDays } = assumptions
  if (maxRangeDays !== null && (toMs ?? nowMs) - (fromMs ?? nowMs) > maxRangeDays * dayMs)
    errors['timestamp_from'] = [`The time range may span at most ${maxRangeDays} days.`]
  if (assumptions.unknownParameter === 'rejected')
    for (const name of query.keys())
      if (!rules.names.has(name)) errors[name] = ['Unknown parameter.']
  const size = readPageSize(read('page_size'), assumptions, errors)
  const page = readPage(read('page'), assumptions, errors)
  if (Object.keys(errors).length > 0) throw new ErrorReply(400, errors)
  return {
    filter: {
      agentId: agentId === undefined ? undefined : Number(agentId),
      fromMs,
      // Timestamps are integers of milliseconds.
      toMs: toMs !== undefined && assumptions.endOfRange === 'excluded' ? toMs - 1 : toMs,
      ids: ids && new Set(ids.map(Number)),
      assistantId,
    },
    size,
    page: page ?? throwInvalidPage(),
  }
}

const defaultStart = (endMs: number, { defaultDays }: Assumptions): number | undefined =>
  defaultDays === null ? undefined : endMs - defaultDays * dayMs

/** Django's `int()` takes decimal digits only. */
const positiveInteger = (text: string): number | undefined =>
  /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined

function readPageSize(
  text: string | undefined,
  assumptions: Assumptions,
  errors: FieldErrors,
): number {
  if (text === undefined) return assumptions.pageSize
  const size = positiveInteger(text)
  if (size === undefined) {
    if (assumptions.badPageSize === 'rejected')
      errors['page_size'] = ['A positive integer is required.']
    return assumptions.pageSize
  }
  if (size > assumptions.maxPageSize && assumptions.largePageSize === 'rejected')
    errors['page_size'] = [`The maximum is ${assumptions.maxPageSize}.`]
  return Math.min(size, assumptions.maxPageSize)
}

function readPage(text = '1', assumptions: Assumptions, errors: FieldErrors): number | undefined {
  const page = positiveInteger(text)
  if (page === undefined && assumptions.badPage === 400)
    errors['page'] = ['A positive integer is required.']
  return page
}
