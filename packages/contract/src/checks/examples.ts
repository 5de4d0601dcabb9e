import type { Json, Operation } from '@cekura-kit/spec'
import { isJson, successesOf, type ContractDocument } from '../document/contract-document.ts'
import { createRequest, type Changes } from '../document/sample-request.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { firstDifference } from '../suite/first-difference.ts'
import { expectStatus } from '../target/expect-conforming.ts'
import type { TestRequest, TestResponse } from '../target/request.ts'

interface ExampleCase {
  id: string
  title: string
  changes?: Changes
  headers?: Record<string, string>
  key?: null
  status: string
  mediaType: string
  value: Json
}

/** Each documented example of each response is returned as written. */
export const exampleChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    [...namedCases(operation), ...defaultCases(contract, operation)].map((one) =>
      toCheck(contract, operation, one),
    ),
  )

/** Prism selects a response by its number, so ranges and `default` cannot be requested. */
const isSelectable = ({ status }: { status: string }): boolean => /^\d+$/.test(status)

const namedCases = ({ responses }: Operation): ExampleCase[] =>
  responses.filter(isSelectable).flatMap(({ status, examples }) => [
    // An example without a name cannot be requested; it is the default of its status.
    ...examples
      .filter(({ name }) => name !== '')
      .map(({ name, mediaType, value }): ExampleCase => ({
        id: `${status}.${name}`,
        title: `returns example ${name} of ${status} as documented`,
        headers: { prefer: `code=${status}, example=${name}`, accept: mediaType },
        status,
        mediaType,
        value,
      })),
    ...examples.slice(0, 1).map(({ name, mediaType, value }): ExampleCase => ({
      id: `${status}.default`,
      title: `returns ${name || 'the only example'} for ${status} by default`,
      headers: { prefer: `code=${status}` },
      status,
      mediaType,
      value,
    })),
  ])

/** The first example of the status that a request deserves. */
function defaultCases(contract: ContractDocument, operation: Operation): ExampleCase[] {
  const required = operation.parameters.find((one) => one.required && one.in === 'query')
  const first = (
    status: string | undefined,
    rest: Omit<ExampleCase, 'status' | 'mediaType' | 'value'>,
  ) =>
    (operation.responses.find((one) => one.status === status)?.examples ?? [])
      .slice(0, 1)
      .map(({ mediaType, value }): ExampleCase => ({ ...rest, status: status!, mediaType, value }))
  const badRequest = ['422', '400'].find((status) =>
    operation.responses.some((one) => one.status === status),
  )
  return [
    ...first(successesOf(operation)[0]?.status, {
      id: 'plain',
      title: 'returns the first example of the success to a valid request',
    }),
    ...(contract.needsKey(operation)
      ? first('401', {
          id: 'no-key',
          title: 'returns the first example of 401 to a request without a key',
          key: null,
        })
      : []),
    ...(required
      ? first(badRequest, {
          id: `no-${required.name}`,
          title: `returns the first example of ${badRequest} to a request without ${required.name}`,
          changes: { query: { [required.name]: undefined } },
        })
      : []),
  ]
}

function toCheck(
  contract: ContractDocument,
  operation: Operation,
  { id, title, changes, headers, key, ...expected }: ExampleCase,
): Check {
  const { operationId } = operation
  return {
    id: `examples.${operationId}.${id}`,
    group: 'examples',
    title,
    operationId,
    needs: ['prefer'],
    origin: 'documented',
    async run(target) {
      const request: TestRequest = createRequest(contract, operation, target, changes)
      const response = await target.send({
        ...request,
        headers: { ...request.headers, ...headers },
        key,
      })
      expectExample(contract, operation, response, expected)
    },
  }
}

function expectExample(
  contract: ContractDocument,
  operation: Operation,
  response: TestResponse,
  { status, mediaType, value }: Pick<ExampleCase, 'status' | 'mediaType' | 'value'>,
): void {
  const { request, headers, text, violations } = response
  expectStatus(response, [Number(status)])
  const type = headers.get('content-type') ?? ''
  expectThat(
    type.split(';')[0] === mediaType,
    `response ${status}: expected content type ${mediaType}, got "${type}"`,
    request,
  )
  const different = firstDifference(isJson(mediaType) ? JSON.parse(text) : text, value)
  expectThat(
    different === undefined,
    `response ${status}: body differs from the example at ${different}`,
    request,
  )
  expectThat(
    violations.length === 0,
    `response ${status} does not match the spec: ${violations.join('; ')}`,
    request,
  )
  for (const { name, example } of contract.headersOf(operation, status))
    expectThat(
      example === undefined || headers.get(name) === String(example),
      `response ${status}: expected header ${name} "${String(example)}", got "${headers.get(name)}"`,
      request,
    )
}
