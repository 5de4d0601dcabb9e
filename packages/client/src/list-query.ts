import type { CallLogsListQuery } from '@cekura-kit/types'
import { refuse } from './cekura-error.ts'
import { checkNumber } from './settings.ts'

/** Filters of a list. Instants may be `Date`s, `call_ids` an array of ids. */
export interface ListQuery extends Omit<
  CallLogsListQuery,
  'call_ids' | 'timestamp_from' | 'timestamp_to'
> {
  /** Call-log ids (`id`, not `call_id`), as an array or joined by commas. */
  call_ids?: string | readonly number[]
  /** Calls from this instant on: a `Date`, or an RFC 3339 text. */
  timestamp_from?: Date | string
  /** Calls up to this instant: a `Date`, or an RFC 3339 text. */
  timestamp_to?: Date | string
}

/** An instant as the API takes it. */
export function toInstant(value: unknown, name?: string): string {
  // What is no instant is null in JSON.
  const text = new Date(value as Date).toJSON() ?? refuse(name!, value, 'a Date or RFC 3339')
  return typeof value === 'string' ? value : text
}

const parameters: Record<string, (value: unknown, name: string) => unknown> = {
  // So that nothing is inherited.
  __proto__: null as never,
  agent_id: (value, name) => checkNumber(value, name, 0, 2 ** 53),
  page: checkNumber,
  page_size: checkNumber,
  timestamp_from: toInstant,
  timestamp_to: toInstant,
  // None left out would mean every call.
  call_ids: (value: unknown, name: string) =>
    /^ *\d+( *, *\d+)* *$/.test(String(value))
      ? String(value)
      : refuse(name, value, 'call-log ids'),
  assistant_id: (value: unknown, name: string) => value || refuse(name, value, 'an id'),
}

/**
 * The query as it goes over the wire, checked so that a mistake never means "no filter".
 *
 * @throws {CekuraError} with code `usage`
 */
export function toWireQuery(query: Readonly<Record<string, unknown>>): CallLogsListQuery {
  const wire: Record<string, unknown> = {}
  for (const name in { agent_id: 0, ...query })
    if (query[name] !== undefined || name === 'agent_id')
      wire[name] = (
        parameters[name] ??
        refuse('a parameter', name, `one of ${Object.keys(parameters)} or extraQuery`)
      )(query[name], name)
  return wire as unknown as CallLogsListQuery
}
