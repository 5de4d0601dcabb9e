import type { ErrorDetail, FieldErrors, CallLogsListQuery } from '@cekura-kit/types'
import type { Guesses } from './profile.ts'
import type { Filter } from './sandbox-store.ts'

/** An answer that is no page. */
export class Refused extends Error {
  readonly status: 400 | 401 | 403 | 404
  readonly body: FieldErrors | ErrorDetail

  constructor(status: Refused['status'], body: Refused['body']) {
    super()
    this.status = status
    this.body = body
  }
}

export interface ReadQuery {
  filter: Filter
  page: number
  size: number
}

const instantWithZone = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})$/
const dayMs = 86_400_000
// A parameter that the document adds is missing here until it is read.
const parameters: Record<keyof CallLogsListQuery, 0> = {
  page: 0,
  page_size: 0,
  timestamp_from: 0,
  timestamp_to: 0,
  call_ids: 0,
  agent_id: 0,
  assistant_id: 0,
}

/** Whether the calendar has the day: `Date.parse()` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1, day)).getUTCDate() === day
}

/**
 * Reads what a list is asked for.
 *
 * @param nowMs where a list without a start is reckoned from
 * @throws {Refused} when the service, as guessed, would refuse it
 */
export function readQuery(query: URLSearchParams, guesses: Guesses, nowMs: number): ReadQuery {
  const errors: FieldErrors = {}
  const readInteger = (name: string): number | undefined => {
    const text = query.get(name)
    if (text === null) return undefined
    if (!/^-?\d+$/.test(text)) errors[name] = ['A valid integer is required.']
    return Number(text)
  }
  const readTime = (name: string): number | undefined => {
    const text = query.get(name)
    if (text === null) return undefined
    const zoned = guesses.zonelessTime === 'utc' && /[T ][\d:.]+$/.test(text) ? `${text}Z` : text
    const time = instantWithZone.test(zoned) && isDay(zoned) ? Date.parse(zoned) : Number.NaN
    if (Number.isNaN(time)) errors[name] = ['Datetime has wrong format.']
    return time
  }
  const readText = (name: string): string | undefined => {
    const text = query.get(name) ?? undefined
    return text === '' && guesses.blankFilter === 'ignored' ? undefined : text
  }

  const agentId = readInteger('agent_id')
  if (agentId === undefined) errors['agent_id'] = ['This field is required.']
  const ids = readText('call_ids')
    ?.split(',')
    .map((id) => id.trim())
  if (ids?.some((id) => !/^\d+$/.test(id)))
    errors['call_ids'] = ['Enter whole numbers separated by commas.']
  const assistantId = readText('assistant_id')
  if (assistantId === '') errors['assistant_id'] = ['This field may not be blank.']
  const to = readTime('timestamp_to')
  const back = guesses.defaultDays
  const fromMs =
    readTime('timestamp_from') ?? (back === null ? undefined : (to ?? nowMs) - back * dayMs)
  const spanMs = (to ?? nowMs) - (fromMs ?? nowMs)
  if (guesses.maxRangeDays !== null && spanMs > guesses.maxRangeDays * dayMs)
    errors['timestamp_from'] = [`The range may span ${guesses.maxRangeDays} days.`]
  if (guesses.unknownParameter === 'refused')
    for (const name of query.keys())
      if (!Object.hasOwn(parameters, name)) errors[name] = ['There is no such parameter.']
  const size = readPageSize(query, guesses, errors)
  const page = readPage(query, guesses, errors)
  if (Object.keys(errors).length > 0) throw new Refused(400, errors)
  return {
    filter: {
      agentId: agentId!,
      fromMs,
      // Instants are whole milliseconds.
      toMs: to !== undefined && guesses.endOfRange === 'excluded' ? to - 1 : to,
      ids: ids?.map(Number),
      assistantId,
    },
    size,
    page: page ?? refusePage(),
  }
}

function refusePage(): never {
  throw new Refused(404, { detail: 'Invalid page.' })
}

function readPageSize(query: URLSearchParams, guesses: Guesses, errors: FieldErrors): number {
  const text = query.get('page_size')
  if (text === null) return guesses.pageSize
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1) {
    if (guesses.badPageSize === 'refused') errors['page_size'] = ['A positive integer is required.']
    return guesses.pageSize
  }
  if (size > guesses.maxPageSize && guesses.largePageSize === 'refused')
    errors['page_size'] = [`May be ${guesses.maxPageSize} at most.`]
  return Math.min(size, guesses.maxPageSize)
}

function readPage(
  query: URLSearchParams,
  guesses: Guesses,
  errors: FieldErrors,
): number | undefined {
  const text = query.get('page') ?? '1'
  const page = /^\d+$/.test(text) ? Number(text) : 0
  if (page > 0) return page
  if (guesses.badPage === 400) errors['page'] = ['A positive integer is required.']
  return undefined
}
