import type { OperationDescriptor } from '@cekura-kit/types'
import { isObject } from './is-object.ts'
import type { ResponseSchema } from './standard-schema.ts'
import type { Call } from './transport/call.ts'
import type { WireResponse } from './transport/exchange.ts'

/** Whether a value is a page: results that are objects, and a link or null for the next page. */
const isPage = (value: unknown): boolean => {
  if (!isObject(value) || !Array.isArray(value['results'])) return false
  const { results, next } = value
  return (results as unknown[]).every(isObject) && (next === null || typeof next === 'string')
}

function parseJson(text: string, call: Call): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw call.createError('not_json', {})
  }
}

/**
 * What an operation returns, from its successful response.
 *
 * @throws {CekuraError} with code `invalid_response` if it is something else
 */
export function readResult(
  { returns, mayBeEmpty, paginated, method }: OperationDescriptor,
  { text, bytes }: WireResponse,
  call: Call,
): unknown {
  if (returns === 'nothing' || method === 'HEAD') return undefined
  if (returns === 'bytes') return bytes.slice().buffer
  if (text === '' && mayBeEmpty) return undefined
  if (text === '' && returns === 'json') throw call.createError('empty_response', {})
  const value = returns === 'text' ? text : parseJson(text, call)
  if (paginated && !isPage(value)) throw call.createError('not_a_page', {})
  return value
}

/**
 * The result, if it passes the schema of the caller.
 *
 * @throws {CekuraError} with code `invalid_response` if it does not
 */
export async function checkSchema(
  value: unknown,
  schema: ResponseSchema,
  call: Call,
): Promise<unknown> {
  let cause: unknown
  try {
    const { issues } = await schema['~standard'].validate(value)
    if (!issues) return value
    cause = issues
  } catch (thrown) {
    cause = thrown
  }
  throw call.createError('failed_validation', {}, { cause })
}
