import type { Operation } from '@cekura-kit/spec'
import {
  coerceText,
  isJson,
  responseOf,
  type ContractDocument,
} from '../document/contract-document.ts'
import { expectThat } from '../suite/errors.ts'
import type { TestResponse } from './request.ts'
import type { Target } from './target.ts'

/** The body as JSON. @throws {ExpectationError} if it is not JSON */
export function readJson({ text, status, request }: TestResponse): unknown {
  try {
    return JSON.parse(text)
  } catch {
    expectThat(false, `response ${status}: body is not valid JSON`, request)
  }
}

export function expectStatus({ status, request }: TestResponse, expected: readonly number[]): void {
  expectThat(
    expected.includes(status),
    `expected status ${expected.join(' or ')}, got ${status}`,
    request,
  )
}

/**
 * Expects a response as the operation documents it: its status, and the media type, body and headers
 * of that status. Messages never contain values.
 *
 * @returns the body; the empty string if the document has no content for the status
 * @throws {ExpectationError} with every problem of the body
 */
export function expectConforming(
  contract: ContractDocument,
  target: Pick<Target, 'isShared'>,
  operation: Operation,
  response: TestResponse,
  statuses: readonly number[],
): unknown {
  const { request, status, headers, text } = response
  expectStatus(response, statuses)
  const documented = responseOf(operation, status)
  expectThat(documented, `status ${status} is not documented`, request)
  for (const { name, required, schema } of contract.headersOf(operation, documented.status)) {
    const value = headers.get(name)
    expectThat(
      value !== null || !required,
      `response ${status}: header ${name} is missing`,
      request,
    )
    const problem =
      value === null ? undefined : contract.validate(schema)(coerceText(schema, value))
    expectThat(problem === undefined, `response ${status}: header ${name} ${problem}`, request)
  }
  const mediaTypes = Object.keys(documented.content)
  if (mediaTypes.length === 0) {
    expectThat(text === '', `response ${status}: expected no body`, request)
    return ''
  }
  const mediaType = (headers.get('content-type') ?? '').split(';')[0]!.trim()
  const schema = documented.content[mediaType]
  expectThat(
    mediaTypes.includes(mediaType),
    `response ${status}: expected content type ${mediaTypes.join(' or ')}, got "${mediaType}"`,
    request,
  )
  const body = isJson(mediaType) ? readJson(response) : text
  if (schema === undefined) return body
  // A service may send what the document does not name yet; a mock may not.
  const validate = target.isShared ? contract.validate : contract.validateStrict
  const problem = validate(schema)(body)
  expectThat(problem === undefined, `response ${status}: body ${problem}`, request)
  return body
}
