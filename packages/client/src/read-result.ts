import type { OperationDescriptor } from '@cekura-kit/types'
import { isObject } from './is-object.ts'
import type { CekuraError } from './errors/cekura-error.ts'
import type { Call } from './transport/call.ts'
import type { WireResponse } from './transport/exchange.ts'

const problems = {
  not_json: 'not valid JSON',
  empty_response: 'the body is empty',
  not_a_page: 'not a page with results and next',
}

/** The error for a success that is something else than the document says. */
export const createInvalidResponse = (
  reason: keyof typeof problems,
  call: Call,
  cause?: unknown,
): CekuraError =>
  call.createError(
    'invalid_response',
    reason,
    {},
    `Unexpected response: ${problems[reason]}. Check baseUrl.`,
    { cause },
  )

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
    throw createInvalidResponse('not_json', call)
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
  if (text === '' && returns === 'json') throw createInvalidResponse('empty_response', call)
  const value = returns === 'text' ? text : parseJson(text, call)
  if (paginated && !isPage(value)) throw createInvalidResponse('not_a_page', call)
  return value
}
