import type { Operation, Parameter } from '@cekura-kit/spec'
import type { ContractDocument } from '../../document/contract-document.ts'
import { candidateValues, mergeSamples } from '../../document/candidate-values.ts'
import { bodySchemaOf, exampleBodiesOf } from '../../document/sample-request.ts'
import {
  candidateTexts,
  coerceTexts,
  exampleValuesOf,
  toTexts,
} from '../../document/sample-texts.ts'
import type { InvalidRequest } from './invalid-request.ts'

/** Missing, repeated and invalid parameters and bodies. */
export const invalidValues = (
  contract: ContractDocument,
  operation: Operation,
): InvalidRequest[] => [
  ...operation.parameters.flatMap((parameter) =>
    parameter.in === 'path'
      ? invalidTexts(contract, parameter)
      : parameter.in === 'query'
        ? [...invalidTexts(contract, parameter), ...invalidQueries(contract, parameter)]
        : [],
  ),
  ...invalidBodies(contract, operation),
]

const isInvalid = ({ validate }: ContractDocument, parameter: Parameter, text: string): boolean =>
  validate(parameter.schema)(coerceTexts(parameter, [text])) !== undefined

/** How the framework behind the API treats a value that the document rejects, besides a rejection. */
function leniency({ in: place, name, schema }: Parameter, value: string): number[] {
  // There is no such record or page.
  if (place === 'path' || name === 'page') return [404]
  // An invalid size falls back to the default.
  if (name === 'page_size') return [200]
  // Frameworks complete these dates with a time or an offset.
  const isIncomplete = /^\d{4}-\d{2}-\d{2}(T[\d:]+)?$/.test(value)
  return schema['format'] === 'date-time' && isIncomplete ? [200] : []
}

const invalidTexts = (contract: ContractDocument, parameter: Parameter): InvalidRequest[] =>
  candidateTexts(contract.document, parameter)
    .filter((text) => isInvalid(contract, parameter, text))
    .map((text) => ({
      id: `${parameter.name}=${text}`,
      title: `${parameter.name} rejects "${text}"`,
      changes: { [parameter.in]: { [parameter.name]: text } },
      others: leniency(parameter, text),
      ...(parameter.in === 'query' && { named: parameter.name }),
    }))

function invalidQueries(contract: ContractDocument, parameter: Parameter): InvalidRequest[] {
  const { name, required, schema } = parameter
  const found: InvalidRequest[] = []
  // Prism drops an empty value, so only stored data shows how it is handled.
  if (isInvalid(contract, parameter, ''))
    found.push({
      id: `${name}=`,
      title: `${name} rejects an empty value`,
      needs: ['stateful'],
      changes: { query: { [name]: '' } },
      named: name,
      // Frameworks treat an empty value that is not a string as missing.
      others: [
        ...leniency(parameter, ''),
        ...(!required && schema['type'] !== 'string' ? [200] : []),
      ],
    })
  if (required)
    found.push({
      id: `no-${name}`,
      title: `rejects a request without ${name}`,
      changes: { query: { [name]: undefined } },
      named: name,
    })
  if (schema['type'] !== 'array') {
    const [text] = exampleValuesOf(contract.document, parameter).flatMap(toTexts)
    found.push({
      id: `${name}-twice`,
      title: `rejects a repeated ${name}, or uses one of the values`,
      // A required one is sent anyway.
      changes: required ? {} : { query: { [name]: text } },
      repeated: name,
      others: [200],
    })
  }
  return found
}

function invalidBodies(contract: ContractDocument, operation: Operation): InvalidRequest[] {
  const schema = bodySchemaOf(operation)
  if (schema === undefined) return []
  const isRequired = operation.requestBody?.required
  const problemOf = contract.validate(schema)
  const examples = exampleBodiesOf(contract, operation)
  const candidates = [
    // Examples of alternatives exclude each other.
    { path: '', change: 'mixes its examples', value: mergeSamples(examples) },
    ...examples.flatMap((example) => candidateValues(contract.document, schema, example)),
  ]
  const found: InvalidRequest[] = isRequired
    ? [{ id: 'no-body', title: 'rejects a request without a body', changes: { body: undefined } }]
    : []
  // One at each place; the group `request-validation` sends all of them to the mock.
  const places = new Set<string>()
  for (const { path, change, value } of candidates) {
    // A server cannot distinguish null from no body, which is valid if the body is optional.
    const isNoBody = value === null && !isRequired
    if (isNoBody || places.has(path) || problemOf(value) === undefined) continue
    places.add(path)
    found.push({
      id: `body${path} ${change}`,
      title: `rejects a body where ${path || 'it'} ${change}`,
      changes: { body: value },
    })
  }
  return found
}
