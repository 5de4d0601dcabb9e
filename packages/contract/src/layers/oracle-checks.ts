import type { Json, Operation } from '@cekura-kit/spec'
import { candidateBodies, mergeSamples } from '../candidate-bodies.ts'
import { expectThat, type Check } from '../check.ts'
import { requiredQuery } from '../conform.ts'
import { coerceText, type ContractDocument } from '../contract-document.ts'
import { jsonHeaders as json, type Script } from '../oracle.ts'
import type { Target } from '../target.ts'

interface Case {
  what: string
  isGood: boolean
  script: Script
}

/** Each case is asked through the proxy: a good answer passes without a word, a bad one is reported. */
async function judgeAll(target: Target, operation: Operation, cases: readonly Case[]) {
  await using oracle = await target.startOracle!()
  const asked = { ...operation, query: requiredQuery(operation, target) }
  for (const { what, isGood, script } of cases) {
    const { violations, status } = await oracle.ask(asked, script)
    const isReported = violations.length > 0
    expectThat(
      isReported !== isGood,
      isGood
        ? `${operation.operationId} ${script.status}: what is allowed is reported: ${what}: ${violations.join('; ')}`
        : `${operation.operationId} ${script.status}: what is not allowed passes: ${what}`,
    )
    expectThat(
      !isGood || status === script.status,
      `${operation.operationId} ${script.status}: what is allowed becomes ${status}: ${what}`,
    )
  }
  const good = cases.filter(({ isGood }) => isGood).length
  return `${good} good, ${cases.length - good} bad answers`
}

const check = (operation: Operation, id: string, title: string, cases: Case[]): Check => ({
  id: `L5.${operation.operationId}.${id}`,
  layer: 'L5',
  title,
  needs: ['proxy'],
  origin: 'documented',
  run: (target) => judgeAll(target, operation, cases),
})

/**
 * L5: answers of an adversary, through the target's engine as a proxy. Only counterexamples show
 * that a document has become looser; no good answer does.
 */
export function oracleChecks(contract: ContractDocument): Check[] {
  return contract.operations.flatMap((operation) => [
    ...operation.responses
      .filter(({ content }) => content['application/json'])
      .map(({ status }) =>
        check(
          operation,
          `${status}.bodies`,
          `a body of ${status} that the schema allows passes, every other is reported`,
          bodyCases(contract, operation, status),
        ),
      ),
    ...operation.responses
      .filter(({ status }) => contract.headersOf(operation, status).length > 0)
      .map(({ status }) =>
        check(
          operation,
          `${status}.headers`,
          `a header of ${status} is held to its schema`,
          headerCases(contract, operation, status),
        ),
      ),
    check(operation, 'types', 'a content type that is not documented is reported', [
      ...typeCases(operation),
      ...textCases(operation),
    ]),
    check(
      operation,
      'statuses',
      'a status that is not documented is reported',
      [201, 202, 203, 204, 206, 402, 405, 409, 410, 418, 422, 451, 502, 503, 504]
        .filter((status) => !operation.responses.some((one) => one.status === String(status)))
        .map((status) => ({
          what: `status ${status}`,
          isGood: false,
          script: { status, headers: json, body: status === 204 ? '' : '{"detail":"x"}' },
        })),
    ),
  ])
}

function bodyCases(contract: ContractDocument, operation: Operation, status: string): Case[] {
  const { content, examples } = operation.responses.find((one) => one.status === status)!
  const schema = content['application/json']!
  const verdict = contract.judge(schema)
  const samples = examples
    .filter(({ mediaType }) => mediaType === 'application/json')
    .map(({ value }) => value)
  const sample = mergeSamples(samples)
  const candidates = [
    ...samples.map((value, at) => ({ what: `example ${at}`, value })),
    { what: 'every property at once', value: sample },
    ...candidateBodies(contract.document, schema, sample),
  ]
  const headers = { ...json, ...goodHeaders(contract, operation, status) }
  const seen = new Set<string>()
  return candidates.flatMap(({ what, value }: { what: string; value: Json }) => {
    const body = JSON.stringify(value)
    if (seen.has(body)) return []
    seen.add(body)
    const isGood = verdict(value) === undefined
    return [{ what, isGood, script: { status: Number(status), headers, body } }]
  })
}

const goodHeaders = (
  contract: ContractDocument,
  operation: Operation,
  status: string,
): Record<string, string> =>
  Object.fromEntries(
    contract.headersOf(operation, status).map(({ name, example }) => [name, String(example ?? 1)]),
  )

function headerCases(contract: ContractDocument, operation: Operation, status: string): Case[] {
  const { examples } = operation.responses.find((one) => one.status === status)!
  const body = JSON.stringify(examples[0]?.value ?? {})
  return contract.headersOf(operation, status).flatMap(({ name, required, schema, example }) => {
    const all: Record<string, string> = { ...json, ...goodHeaders(contract, operation, status) }
    const { [name]: _, ...rest } = all
    const others: { [name: string]: string } = rest
    const verdict = contract.judge(schema)
    const texts = [
      String(example ?? 1),
      'soon',
      '0',
      '-1',
      '1.5',
      '86400',
      '99999999',
      'true',
      '2025-01-15',
    ]
    const cases = [...new Set(texts)].map((text) => ({
      what: `${name}: ${text}`,
      isGood: verdict(coerceText(schema, text)) === undefined,
      script: { status: Number(status), headers: Object.assign({ [name]: text }, others), body },
    }))
    return cases.concat({
      what: `no ${name}`,
      isGood: !required,
      script: { status: Number(status), headers: others, body },
    })
  })
}

function typeCases(operation: Operation): Case[] {
  return operation.responses.flatMap(({ status, content, examples }) =>
    ['application/json', 'text/html', 'text/plain', 'application/xml'].map((mediaType) => {
      const own = examples.find((example) => example.mediaType === mediaType)?.value
      const body = own ?? examples[0]?.value ?? ''
      return {
        what: `type ${mediaType}`,
        isGood: content[mediaType] !== undefined,
        script: {
          status: Number(status),
          headers: { 'content-type': mediaType },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        },
      }
    }),
  )
}

/** No bound is promised for a body that is text. */
const textCases = (operation: Operation): Case[] =>
  operation.responses.flatMap(({ status, content }) =>
    Object.keys(content)
      .filter((mediaType) => mediaType.startsWith('text/'))
      .flatMap((mediaType) =>
        ['x', 'x'.repeat(5000)].map((body) => ({
          what: `${body.length} letters of ${mediaType}`,
          isGood: true,
          script: { status: Number(status), headers: { 'content-type': mediaType }, body },
        })),
      ),
  )
