import type { Operation } from '@cekura-kit/spec'
import { expectThat } from './check.ts'
import { coerceText, type ContractDocument } from './contract-document.ts'
import type { Answer, Target } from './target.ts'

/** The answer's body as JSON. @throws {BrokenRule} when it is none */
export function readJson(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text)
  } catch {
    expectThat(false, `${answer.asked}: the body of ${answer.status} is no JSON`)
  }
}

/**
 * The answer has one of the wanted statuses, and the type, body and headers the document gives that
 * status. Values never appear in what is thrown.
 *
 * @returns the body
 */
export function expectConform(
  contract: ContractDocument,
  target: Target,
  operation: Operation,
  answer: Answer,
  statuses: readonly number[],
): unknown {
  const { asked, status, headers, violations } = answer
  expectThat(
    statuses.includes(status),
    `${asked}: the status is ${status}; wanted is ${statuses.join(' or ')}`,
  )
  expectThat(violations.length === 0, `${asked}: the verifier reports ${violations.join('; ')}`)
  const response = operation.responses.find((candidate) => candidate.status === String(status))
  expectThat(response, `${asked}: the document has no response ${status}`)
  const mediaType = (headers.get('content-type') ?? '').split(';')[0]!.trim()
  const schema = response.content[mediaType]
  expectThat(
    schema,
    `${asked}: the content type of ${status} is "${mediaType}"; documented is ${Object.keys(response.content).join(' or ')}`,
  )
  const body = mediaType === 'application/json' ? readJson(answer) : answer.text
  // A service may add what we do not know yet; a stand-in for it has nothing to add.
  const fault = (target.isPolite ? contract.judge : contract.strictJudge)(schema)(body)
  expectThat(fault === undefined, `${asked}: the body of ${status} ${fault}`)
  for (const { name, required, schema } of contract.headersOf(operation, String(status))) {
    const text = headers.get(name)
    expectThat(text !== null || !required, `${asked}: ${status} has no header ${name}`)
    const wrong = text === null ? undefined : contract.judge(schema)(coerceText(schema, text))
    expectThat(wrong === undefined, `${asked}: the header ${name} of ${status} ${wrong}`)
  }
  return body
}

/** What an operation must be asked with, with the target's own agent. */
export function requiredQuery(
  operation: Operation,
  target: Pick<Target, 'agentId'>,
): [string, string][] {
  return operation.parameters
    .filter((parameter) => parameter.required && parameter.in === 'query')
    .map(({ name, examples }) => [
      name,
      String(name === 'agent_id' ? target.agentId : (examples[0] ?? '1')),
    ])
}

/** A query with some names replaced, or left out where the value is undefined. */
export function withQuery(
  query: readonly (readonly [string, string])[],
  change: { [name: string]: string | number | undefined },
): [string, string][] {
  return [
    ...query.filter(([name]) => !(name in change)).map(([name, value]) => [name, value] as const),
    ...Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)] as const),
  ].map(([name, value]) => [name, value])
}
