import { jsonSchemaOf, type Operation } from '@cekura-kit/spec'
import {
  coerceText,
  isJson,
  responseOf,
  type ContractDocument,
} from '../document/contract-document.ts'
import { generateValue } from '../document/generate-value.ts'
import { candidateBodies, mergeSamples } from '../document/sample-bodies.ts'
import { createRequest } from '../document/sample-request.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { jsonHeaders, type StubResponse } from '../target/response-validator.ts'
import type { Target } from '../target/target.ts'

interface ResponseCase {
  what: string
  isValid: boolean
  response: StubResponse
}

/** Sends each response through the validator: a valid one passes unchanged, an invalid one is reported. */
async function validateAll(
  contract: ContractDocument,
  target: Target,
  operation: Operation,
  cases: readonly ResponseCase[],
): Promise<string> {
  await using validator = await target.startResponseValidator!()
  const request = createRequest(contract, operation, target)
  for (const { what, isValid, response } of cases) {
    const { violations, status } = await validator.validate(request, response)
    const label = `${operation.operationId} ${response.status}`
    expectThat(
      violations.length === 0 || !isValid,
      `${label}: a valid response is reported (${what}): ${violations.join('; ')}`,
    )
    expectThat(violations.length > 0 || isValid, `${label}: an invalid response passes (${what})`)
    expectThat(
      !isValid || status === response.status,
      `${label}: a valid response becomes ${status} (${what})`,
    )
  }
  const valid = cases.filter(({ isValid }) => isValid).length
  return `${valid} valid, ${cases.length - valid} invalid responses`
}

/**
 * Responses of a stub upstream, sent through the engine of the target as a proxy. Only invalid
 * responses show that a document became looser; a valid one never does.
 */
export const responseValidationChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => {
    const { operationId } = operation
    const check = (id: string, title: string, cases: ResponseCase[]): Check[] =>
      cases.length === 0
        ? []
        : [
            {
              id: `response-validation.${operationId}.${id}`,
              group: 'response-validation',
              title,
              operationId,
              needs: ['validator'],
              origin: 'documented',
              run: (target) => validateAll(contract, target, operation, cases),
            },
          ]
    const numbered = operation.responses.filter(({ status }) => /^\d+$/.test(status))
    return [
      ...numbered.flatMap(({ status }) => [
        ...check(
          `${status}.bodies`,
          `reports a body of ${status} unless the schema allows it`,
          bodyCases(contract, operation, status),
        ),
        ...check(
          `${status}.headers`,
          `reports a header of ${status} unless its schema allows it`,
          headerCases(contract, operation, status),
        ),
      ]),
      ...check('types', 'reports a content type that is not documented', [
        ...typeCases(operation),
        ...textCases(operation),
      ]),
      ...check('statuses', 'reports a status that is not documented', statusCases(operation)),
    ]
  })

const statusCases = (operation: Operation): ResponseCase[] =>
  [200, 201, 202, 203, 204, 206, 402, 405, 409, 410, 418, 422, 451, 502, 503, 504]
    .filter((status) => !responseOf(operation, status))
    .map((status) => ({
      what: `status ${status}`,
      isValid: false,
      response: { status, headers: jsonHeaders, body: status === 204 ? '' : '{"detail":"x"}' },
    }))

const validHeaders = (
  contract: ContractDocument,
  operation: Operation,
  status: string,
): Record<string, string> =>
  Object.fromEntries(
    contract
      .headersOf(operation, status)
      .map(({ name, example, schema }) => [
        name,
        String(example ?? generateValue(contract.document, schema)),
      ]),
  )

function bodyCases(
  contract: ContractDocument,
  operation: Operation,
  status: string,
): ResponseCase[] {
  const { content, examples } = operation.responses.find((one) => one.status === status)!
  const schema = jsonSchemaOf(content)
  if (!schema) return []
  const validate = contract.validate(schema)
  const documented = examples.filter(({ mediaType }) => isJson(mediaType)).map(({ value }) => value)
  const samples = documented.length > 0 ? documented : [generateValue(contract.document, schema)]
  const sample = mergeSamples(samples)
  const candidates = [
    ...samples.map((value, at) => ({ path: `example ${at}`, change: '', value })),
    { path: 'every property', change: '', value: sample },
    ...candidateBodies(contract.document, schema, sample),
  ]
  const headers = { ...jsonHeaders, ...validHeaders(contract, operation, status) }
  const byBody = new Map(
    candidates.toReversed().map((one) => [JSON.stringify(one.value), one] as const),
  )
  return [...byBody].map(([body, { path, change, value }]) => ({
    what: `${path} ${change}`,
    isValid: validate(value) === undefined,
    response: { status: Number(status), headers, body },
  }))
}

function headerCases(
  contract: ContractDocument,
  operation: Operation,
  status: string,
): ResponseCase[] {
  const { content, examples } = operation.responses.find((one) => one.status === status)!
  const body = JSON.stringify(
    examples[0]?.value ?? generateValue(contract.document, jsonSchemaOf(content)),
  )
  const all: Record<string, string> = {
    ...jsonHeaders,
    ...validHeaders(contract, operation, status),
  }
  return contract.headersOf(operation, status).flatMap(({ name, required, schema }) => {
    const { [name]: own, ...others } = all
    const validate = contract.validate(schema)
    const texts = [own!, 'soon', '0', '-1', '1.5', '86400', '99999999', 'true', '2025-01-15']
    return [
      ...[...new Set(texts)].map((text) => ({
        what: `${name}: ${text}`,
        isValid: validate(coerceText(schema, text)) === undefined,
        response: { status: Number(status), headers: { ...others, [name]: text }, body },
      })),
      {
        what: `no ${name}`,
        isValid: !required,
        response: { status: Number(status), headers: others, body },
      },
    ]
  })
}

const typeCases = ({ responses }: Operation): ResponseCase[] =>
  responses
    .filter(({ status, examples }) => /^\d+$/.test(status) && examples.length > 0)
    .flatMap(({ status, content, examples }) =>
      ['application/json', 'text/html', 'text/plain', 'application/xml'].map((mediaType) => {
        const own = examples.find((example) => example.mediaType === mediaType)?.value
        const body = own ?? examples[0]!.value
        return {
          what: `content type ${mediaType}`,
          isValid: content[mediaType] !== undefined,
          response: {
            status: Number(status),
            headers: { 'content-type': mediaType },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          },
        }
      }),
    )

/** A text body without a schema for its length may be short or long. */
const textCases = ({ responses }: Operation): ResponseCase[] =>
  responses.flatMap(({ status, content }) =>
    Object.keys(content)
      .filter((mediaType) => mediaType.startsWith('text/') && /^\d+$/.test(status))
      .flatMap((mediaType) =>
        ['x', 'x'.repeat(5000)].map((body) => ({
          what: `${body.length} letters of ${mediaType}`,
          isValid: true,
          response: { status: Number(status), headers: { 'content-type': mediaType }, body },
        })),
      ),
  )
