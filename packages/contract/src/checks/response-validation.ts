import { sampleValue } from '@cekura-kit/mock'
import { responseOf, type Operation } from '@cekura-kit/spec'
import { candidateValues, mergeSamples } from '../document/candidate-values.ts'
import { coerceText, isJson, type ContractDocument } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import type { StubResponse } from '../target/response-validator.ts'

type Documented = Operation['responses'][number]

interface ResponseCase {
  what: string
  isValid: boolean
  response: StubResponse
}

/**
 * Responses of another server, as the mode `proxied` validates them: an invalid one is reported, a
 * valid one is not. Only invalid responses show that a document became looser; a valid one never does.
 */
export const responseValidationChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => {
    const numbered = operation.responses.filter(({ status }) => /^\d+$/.test(status))
    return [
      ...numbered.flatMap((response) => [
        {
          id: `${response.status}.bodies`,
          title: `reports a body of ${response.status} unless the schema allows it`,
          cases: bodyCases(contract, operation, response),
        },
        {
          id: `${response.status}.headers`,
          title: `reports a header of ${response.status} unless its schema allows it`,
          cases: headerCases(contract, operation, response),
        },
        {
          id: `${response.status}.types`,
          title: `reports a content type of ${response.status} that is not documented`,
          cases: typeCases(contract, operation, response),
        },
      ]),
      {
        id: 'statuses',
        title: 'reports a status that is not documented',
        cases: statusCases(operation),
      },
    ]
      .filter(({ cases }) => cases.length > 0)
      .map(({ cases, ...check }) =>
        operationCheck('response-validation', operation, {
          ...check,
          needs: ['validator'],
          async run(target) {
            const request = createRequest(contract, operation, target)
            for (const { what, isValid, response } of cases) {
              const problems = await target.validateResponse!(request, response)
              const subject = `a response ${response.status} with ${what}`
              if (isValid)
                expectThat(
                  problems.length === 0,
                  `${subject} is valid and reported: ${problems.join('; ')}`,
                )
              else expectThat(problems.length > 0, `${subject} is invalid and not reported`)
            }
            const valid = cases.filter(({ isValid }) => isValid).length
            return `${valid} valid, ${cases.length - valid} invalid responses`
          },
        }),
      )
  })

const statusCases = (operation: Operation): ResponseCase[] =>
  [200, 201, 202, 203, 204, 206, 402, 405, 409, 410, 418, 422, 451, 502, 503, 504]
    .filter((status) => !responseOf(operation, status))
    .map((status) => ({
      what: 'any body',
      isValid: false,
      response: {
        status,
        headers: { 'content-type': 'application/json' },
        body: status === 204 ? '' : '{"detail":"x"}',
      },
    }))

/** A valid response of a media type, with every documented header. */
function validResponse(
  contract: ContractDocument,
  operation: Operation,
  { status, content, examples }: Documented,
  mediaType: string,
) {
  const example = examples.find((one) => one.mediaType === mediaType)
  const value = example?.value ?? sampleValue(contract.document, content[mediaType])
  const body = isJson(mediaType) ? JSON.stringify(value) : String(value)
  const headers: Record<string, string> = { 'content-type': mediaType }
  for (const { name, example, schema } of contract.headersOf(operation, status))
    headers[name] = String(example ?? sampleValue(contract.document, schema))
  return { status: Number(status), headers, body }
}

function bodyCases(
  contract: ContractDocument,
  operation: Operation,
  response: Documented,
): ResponseCase[] {
  const { document } = contract
  return Object.entries(response.content).flatMap(([mediaType, schema]) => {
    const valid = validResponse(contract, operation, response, mediaType)
    // A text without a schema for its length may be short or long.
    if (!isJson(mediaType))
      return ['x', 'x'.repeat(5000)].map((body) => ({
        what: `a body of ${body.length} letters`,
        isValid: true,
        response: { ...valid, body },
      }))
    const examples = response.examples.filter((example) => example.mediaType === mediaType)
    const samples =
      examples.length > 0 ? examples.map(({ value }) => value) : [sampleValue(document, schema)]
    const merged = mergeSamples(samples)
    const validate = contract.validate(schema)
    const candidates = [
      ...[...samples, merged].map((value) => ({
        path: 'the example',
        change: 'is as documented',
        value,
      })),
      ...candidateValues(document, schema, merged),
    ]
    const byBody = new Map(candidates.map((one) => [JSON.stringify(one.value), one]))
    return [...byBody].map(([body, { path, change, value }]) => ({
      what: `a body where ${path || 'it'} ${change}`,
      isValid: validate(value) === undefined,
      response: { ...valid, body },
    }))
  })
}

const headerTexts = ['soon', '0', '-1', '1.5', '86400', '99999999', 'true', '2025-01-15']

function headerCases(
  contract: ContractDocument,
  operation: Operation,
  response: Documented,
): ResponseCase[] {
  const [mediaType = 'application/json'] = Object.keys(response.content)
  const valid = validResponse(contract, operation, response, mediaType)
  return contract.headersOf(operation, response.status).flatMap(({ name, required, schema }) => {
    const { [name]: own, ...others } = valid.headers
    const validate = contract.validate(schema)
    return [
      ...[...new Set([own!, ...headerTexts])].map((text) => ({
        what: `${name}: ${text}`,
        isValid: validate(coerceText(schema, text)) === undefined,
        response: { ...valid, headers: { ...others, [name]: text } },
      })),
      { what: `no ${name}`, isValid: !required, response: { ...valid, headers: others } },
    ]
  })
}

const typeCases = (
  contract: ContractDocument,
  operation: Operation,
  response: Documented,
): ResponseCase[] => {
  const [documented] = Object.keys(response.content)
  if (documented === undefined) return []
  const { body } = validResponse(contract, operation, response, documented)
  const validate = contract.validate(response.content[documented]!)
  // Without an example, the sample of a recursive schema ends too early.
  if (isJson(documented) && validate(JSON.parse(body)) !== undefined) return []
  const all = ['application/json', 'text/html', 'text/plain', 'application/xml']
  // JSON with a suffix of its own, such as `application/problem+json`, may be sent as JSON.
  return (isJson(documented) ? [documented, ...all.slice(1)] : all).map((mediaType) => {
    const isValid = response.content[mediaType] !== undefined
    const valid = validResponse(contract, operation, response, isValid ? mediaType : documented)
    return {
      what: `content type ${mediaType}`,
      isValid,
      response: { ...valid, headers: { ...valid.headers, 'content-type': mediaType } },
    }
  })
}
