import type { Operation } from '@cekura-kit/spec'
import { expectThat, type Check } from '../check.ts'
import { requiredQuery, withQuery } from '../conform.ts'
import type { ContractDocument } from '../contract-document.ts'
import { firstDifference } from '../first-difference.ts'
import type { Answer } from '../target.ts'

/** L3: each documented example of each response arrives as it is written. */
export function exampleChecks(contract: ContractDocument): Check[] {
  return contract.operations.flatMap((operation) => [
    ...operation.responses.flatMap(({ status, examples }) => [
      ...examples.map(({ name, mediaType, value }) =>
        exampleCheck(contract, operation, `${status}.${name}`, {
          title: `example ${name} of ${status} arrives as documented`,
          headers: { prefer: `code=${status}, example=${name}`, accept: mediaType },
          status,
          mediaType,
          value,
        }),
      ),
      ...examples.slice(0, 1).map(({ name, mediaType, value }) =>
        exampleCheck(contract, operation, `${status}.default`, {
          title: `${name} is what ${status} answers by itself`,
          headers: { prefer: `code=${status}` },
          status,
          mediaType,
          value,
        }),
      ),
    ]),
    ...defaultChecks(contract, operation),
  ])
}

interface Wanted {
  title: string
  headers?: Record<string, string>
  key?: string | null
  change?: { [name: string]: string | undefined }
  status: string
  mediaType: string
  value: unknown
}

function exampleCheck(
  contract: ContractDocument,
  operation: Operation,
  id: string,
  { title, headers = {}, key, change = {}, ...wanted }: Wanted,
): Check {
  return {
    id: `L3.${operation.operationId}.${id}`,
    layer: 'L3',
    title,
    needs: ['prefer'],
    origin: 'documented',
    async run(target) {
      const query = withQuery(requiredQuery(operation, target), change)
      const answer = await target.send({
        ...operation,
        query,
        headers,
        key,
      })
      expectExample(contract, operation, answer, wanted)
    },
  }
}

function expectExample(
  contract: ContractDocument,
  operation: Operation,
  answer: Answer,
  { status, mediaType, value }: Pick<Wanted, 'status' | 'mediaType' | 'value'>,
): void {
  expectThat(
    String(answer.status) === status,
    `${answer.asked}: the status is ${answer.status}; wanted is ${status}`,
  )
  const type = answer.headers.get('content-type') ?? ''
  expectThat(
    type.split(';')[0] === mediaType,
    `${answer.asked}: the content type of ${status} is "${type}"; documented is ${mediaType}`,
  )
  const body: unknown = mediaType === 'application/json' ? JSON.parse(answer.text) : answer.text
  const different = firstDifference(body, value)
  expectThat(
    different === undefined,
    `${answer.asked}: the body of ${status} is not the documented one, first at ${different}`,
  )
  expectThat(
    answer.violations.length === 0,
    `${answer.asked}: the verifier reports ${answer.violations.join('; ')}`,
  )
  for (const { name, example } of contract.headersOf(operation, status))
    expectThat(
      example === undefined || answer.headers.get(name) === String(example),
      `${answer.asked}: the header ${name} of ${status} is "${answer.headers.get(name)}"; documented is "${String(example)}"`,
    )
}

/** What a request gets that chooses nothing: the first example of the status it deserves. */
function defaultChecks(contract: ContractDocument, operation: Operation): Check[] {
  const firstOf = (status: string) =>
    operation.responses.find((response) => response.status === status)?.examples[0]
  const required = operation.parameters.find((one) => one.required && one.in === 'query')
  const cases: [id: string, status: string, title: string, asked: Partial<Wanted>][] = [
    ['plain', '200', 'a plain call', {}],
    ['no-key', '401', 'a call without a key', { key: null }],
    ...(required
      ? [
          [
            `no-${required.name}`,
            '400',
            `a call without ${required.name}`,
            { change: { [required.name]: undefined } },
          ] satisfies [string, string, string, Partial<Wanted>],
        ]
      : []),
  ]
  return cases.flatMap(([id, status, title, asked]) => {
    const example = firstOf(status)
    return example === undefined
      ? []
      : [
          exampleCheck(contract, operation, id, {
            title: `${title} is answered with ${example.name}`,
            ...asked,
            status,
            ...example,
          }),
        ]
  })
}
