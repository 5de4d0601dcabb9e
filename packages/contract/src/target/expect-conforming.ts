import { responseOf, type Operation } from '@cekura-kit/spec'
import { coerceText, isJson, type ContractDocument } from '../document/contract-document.ts'
import { expectThat } from '../suite/errors.ts'
import type { TestResponse } from './request.ts'
import type { Target } from './target.ts'

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
  const expected = statuses.join(' or ')
  expectThat(statuses.includes(status), `expected status ${expected}, got ${status}`, request)
  const documented = responseOf(operation, status)
  expectThat(documented, `status ${status} is not documented`, request)
  const expect = (condition: boolean, problem: string): void =>
    expectThat(condition, `response ${status}: ${problem}`, request)

  for (const { name, required, schema } of contract.headersOf(operation, documented.status)) {
    const value = headers.get(name)
    expect(value !== null || !required, `header ${name} is missing`)
    const problem =
      value === null ? undefined : contract.validate(schema)(coerceText(schema, value))
    expect(problem === undefined, `header ${name} ${problem}`)
  }
  const mediaTypes = Object.keys(documented.content)
  if (mediaTypes.length === 0) {
    expect(text === '', 'expected no body')
    return ''
  }
  const mediaType = (headers.get('content-type') ?? '').split(';')[0]!.trim()
  expect(
    mediaTypes.includes(mediaType),
    `expected content type ${mediaTypes.join(' or ')}, got "${mediaType}"`,
  )
  const body = isJson(mediaType) ? readJson(response) : text
  const schema = documented.content[mediaType]
  if (schema === undefined) return body
  // A service may send what the document does not name yet; a mock may not.
  const validate = target.isShared ? contract.validate : contract.validateStrict
  const problem = validate(schema)(body)
  expect(problem === undefined, `body ${problem}`)
  return body
}

function readJson({ text, status, request }: TestResponse): unknown {
  try {
    return JSON.parse(text)
  } catch {
    expectThat(false, `response ${status}: body is not valid JSON`, request)
  }
}
