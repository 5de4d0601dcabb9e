import type { ListCallLogsQuery } from '@cekura-kit/types'
import { usageError } from './cekura-error.ts'

/** Filters of a list. Instants may be `Date`s, `call_ids` an array of ids. */
export interface ListQuery extends Omit<
  ListCallLogsQuery,
  'call_ids' | 'timestamp_from' | 'timestamp_to'
> {
  /** Call-log ids (`id`, not `call_id`), as an array or joined by commas. */
  call_ids?: string | readonly number[]
  /** Calls from this instant on: a `Date`, or an RFC 3339 text. */
  timestamp_from?: Date | string
  /** Calls up to this instant: a `Date`, or an RFC 3339 text. */
  timestamp_to?: Date | string
}

const known: Record<keyof ListCallLogsQuery, true> = {
  page: true,
  page_size: true,
  timestamp_from: true,
  timestamp_to: true,
  call_ids: true,
  agent_id: true,
  assistant_id: true,
}

const refuse = (name: string, given: unknown, want: string): never => {
  throw usageError(`Cannot list call logs: ${name} is ${String(given).slice(0, 80)}; give ${want}`)
}

/** An instant as the API takes it. */
export function toInstant(name: string, value: Date | string): string {
  const time = value instanceof Date ? value.getTime() : Date.parse(value)
  if (Number.isNaN(time)) refuse(name, JSON.stringify(value), 'a valid Date or an RFC 3339 text')
  return value instanceof Date ? value.toISOString() : value
}

function toIds(value: string | readonly number[]): string {
  const ids = typeof value === 'string' ? value.split(',') : value
  // An empty list left out would mean every call.
  if (ids.length === 0 || !ids.every((id) => /^\d+$/.test(String(id).trim())))
    refuse('call_ids', JSON.stringify(value), 'at least one call-log id, all whole numbers')
  return ids.join(',')
}

function toNumber(name: string, value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least)
    refuse(name, JSON.stringify(value), `a whole number${least > 0 ? ` from ${least}` : ''}`)
  return value as number
}

/**
 * The query as it goes over the wire, checked so that a mistake never means "no filter".
 *
 * @throws {CekuraError} with code `usage`
 */
export function toWireQuery(query: ListQuery): ListCallLogsQuery {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  const stranger = given.find(([name]) => !Object.hasOwn(known, name))
  if (stranger)
    throw usageError(
      `Cannot list call logs: there is no parameter "${stranger[0]}"; known are ${Object.keys(known).join(', ')}, and extraQuery takes others`,
    )
  const { page, page_size, call_ids, timestamp_from, timestamp_to, assistant_id } = query
  if (assistant_id === '') refuse('assistant_id', '""', 'the id, or leave it out')
  return {
    agent_id: toNumber('agent_id', query?.agent_id, 0),
    ...(page !== undefined && { page: toNumber('page', page, 1) }),
    ...(page_size !== undefined && { page_size: toNumber('page_size', page_size, 1) }),
    ...(timestamp_from !== undefined && {
      timestamp_from: toInstant('timestamp_from', timestamp_from),
    }),
    ...(timestamp_to !== undefined && { timestamp_to: toInstant('timestamp_to', timestamp_to) }),
    ...(call_ids !== undefined && { call_ids: toIds(call_ids) }),
    ...(assistant_id !== undefined && { assistant_id }),
  }
}
