import type { Json, Operation } from '@cekura-kit/spec'
import { candidateValues } from '../document/candidate-values.ts'
import type { ContractDocument } from '../document/contract-document.ts'
import {
  bodySchemaOf,
  createRequest,
  exampleBodiesOf,
  type Changes,
} from '../document/sample-request.ts'
import { candidateTexts, coerceTexts } from '../document/sample-texts.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'

interface RequestCase {
  what: string
  isValid: boolean
  changes: Changes
}

/** The mock accepts a value exactly if its schema does: at the limits, of other types, of formats. */
export const requestValidationChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    [
      { id: 'parameters', what: 'a parameter', cases: parameterCases(contract, operation) },
      { id: 'body', what: 'a body', cases: bodyCases(contract, operation) },
    ]
      .filter(({ cases }) => cases.length > 0)
      .map(({ id, what, cases }) =>
        operationCheck('request-validation', operation, {
          id,
          title: `rejects ${what} unless the schema allows it`,
          needs: ['validator'],
          async run(target) {
            for (const { what: subject, isValid, changes } of cases) {
              const request = createRequest(contract, operation, target, changes)
              const { status } = await target.send(request)
              const problem = `${subject} is ${isValid ? 'valid' : 'invalid'}, got status ${status}`
              expectThat(status < 400 === isValid, problem)
            }
            const valid = cases.filter(({ isValid }) => isValid).length
            return `${valid} valid, ${cases.length - valid} invalid requests`
          },
        }),
      ),
  )

const parameterCases = (
  contract: ContractDocument,
  { parameters, path }: Operation,
): RequestCase[] =>
  parameters
    .filter(({ in: place, name }) =>
      // Next to another placeholder, a text of any characters is ambiguous.
      place === 'path' ? hasOwnSegment(path, name) : place === 'query',
    )
    .flatMap((parameter) =>
      candidateTexts(contract.document, parameter).map((text) => ({
        what: `${parameter.name}=${text}`,
        isValid: contract.validate(parameter.schema)(coerceTexts(parameter, [text])) === undefined,
        changes: { [parameter.in]: { [parameter.name]: text } },
      })),
    )

const hasOwnSegment = (path: string, name: string): boolean =>
  path.split('/').some((one) => one.includes(`{${name}}`) && one.split('{').length === 2)

/** Whether a server may read a value as no body, which only a required one makes invalid. */
const isNoBody = (value: Json): boolean => value === null || value === ''

function bodyCases(contract: ContractDocument, operation: Operation): RequestCase[] {
  const schema = bodySchemaOf(operation)
  if (schema === undefined) return []
  const candidates = exampleBodiesOf(contract, operation).flatMap((example) =>
    candidateValues(contract.document, schema, example),
  )
  const byBody = new Map(candidates.map((one) => [JSON.stringify(one.value), one]))
  const cases = [...byBody.values()].map(({ path, change, value }) => ({
    what: `a body where ${path || 'it'} ${change}`,
    isValid: contract.validate(schema)(value) === undefined,
    changes: { body: value },
  }))
  return cases.filter(
    ({ isValid, changes: { body } }) =>
      !isNoBody(body) || (operation.requestBody?.required && !isValid),
  )
}
