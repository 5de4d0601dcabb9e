import type { OperationDescriptor } from '@cekura-kit/types'
import type { ResponseSchema } from './standard-schema.ts'
import type { WireResponse } from './transport/attempt.ts'
import type { Failures } from './transport/failures.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a page: results that are objects, and a link or null for the next page. */
const isPage = (value: unknown): boolean => {
  if (!isObject(value) || !Array.isArray(value['results'])) return false
  const { results, next } = value
  return (results as unknown[]).every(isObject) && (next === null || typeof next === 'string')
}

function parseJson(text: string, failures: Failures): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw failures.invalidResponse(
      'not_json',
      {},
      'Unexpected response: not valid JSON. Check baseUrl.',
    )
  }
}

async function checkSchema(value: unknown, schema: ResponseSchema, failures: Failures) {
  const fail = (cause: unknown) =>
    failures.invalidResponse(
      'failed_validation',
      {},
      'Response failed validation. See error.cause.',
      { cause },
    )
  const outcome = await Promise.resolve()
    .then(() => schema['~standard'].validate(value))
    .catch((thrown: unknown) => {
      throw fail(thrown)
    })
  if (outcome.issues) throw fail(outcome.issues)
}

/**
 * What an operation returns, from its successful response.
 *
 * @throws {CekuraError} with code `invalid_response` if it is something else
 */
export async function readResult(
  descriptor: OperationDescriptor,
  response: WireResponse,
  failures: Failures,
  schema: ResponseSchema | undefined,
): Promise<unknown> {
  const { returns, mayBeEmpty, paginated, method } = descriptor
  const { text, bytes } = response
  if (returns === 'nothing' || method === 'HEAD') return undefined
  if (returns === 'bytes') return bytes.slice().buffer
  if (text === '') {
    if (mayBeEmpty) return undefined
    if (returns === 'json')
      throw failures.invalidResponse(
        'empty_response',
        {},
        'Unexpected response: the body is empty. Check baseUrl.',
      )
  }
  const value = returns === 'text' ? text : parseJson(text, failures)
  if (paginated && !isPage(value))
    throw failures.invalidResponse(
      'not_a_page',
      {},
      'Unexpected response: not a page with results and next. Check baseUrl.',
    )
  if (schema) await checkSchema(value, schema, failures)
  return value
}
