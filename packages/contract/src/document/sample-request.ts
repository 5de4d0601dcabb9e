import type { Json, Operation, Parameter } from '@cekura-kit/spec'
import type { TestRequest } from '../target/request.ts'
import type { ContractDocument } from './contract-document.ts'
import { isJson } from './contract-document.ts'
import { generateValue } from './generate-value.ts'
import { exampleValuesOf, toQuery, toTexts } from './sample-values.ts'

/** Values of parameters and of the body instead of those of the document; undefined omits one. */
export interface Changes {
  query?: { [name: string]: string | number | undefined }
  path?: { [name: string]: string }
  body?: Json | undefined
}

interface Values {
  /** An agent that the target knows. */
  agentId: number
}

const valueOf = (contract: ContractDocument, parameter: Parameter, { agentId }: Values): Json =>
  parameter.name === 'agent_id' ? agentId : exampleValuesOf(contract.document, parameter)[0]!

/** A query with some names replaced, or omitted where the value is undefined. */
export const withQuery = (
  query: readonly (readonly [string, string])[],
  change: { [name: string]: string | number | undefined },
): [string, string][] => [
  ...query
    .filter(([name]) => !(name in change))
    .map(([name, value]): [string, string] => [name, value]),
  ...Object.entries(change).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  ),
]

/** The schema of a JSON request body, undefined if the operation takes no JSON. */
export const bodySchemaOf = ({ requestBody }: Operation) =>
  Object.entries(requestBody?.content ?? {}).find(([mediaType]) => isJson(mediaType))?.[1]

/** JSON request bodies to send: the documented examples, or one generated from the schema. */
export function exampleBodiesOf(contract: ContractDocument, operation: Operation): Json[] {
  const examples = (operation.requestBody?.examples ?? [])
    .filter(({ mediaType }) => isJson(mediaType))
    .map(({ value }) => value)
  const schema = bodySchemaOf(operation)
  return examples.length > 0 || !schema ? examples : [generateValue(contract.document, schema)]
}

/** Required query and header parameters, filled path parameters and a body, with some changes. */
export function createRequest(
  contract: ContractDocument,
  operation: Operation,
  target: Values,
  changes: Changes = {},
): TestRequest & { query: [string, string][] } {
  const { parameters, method } = operation
  const required = (place: Parameter['in']): Parameter[] =>
    parameters.filter((parameter) => parameter.required && parameter.in === place)
  const path = operation.path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    const texts = parameter ? toTexts(valueOf(contract, parameter, target)) : ['1']
    return (changes.path?.[name] === undefined ? texts : [changes.path[name]])
      .map(encodeURIComponent)
      .join(',')
  })
  const headers = Object.fromEntries(
    required('header').map((parameter) => [
      parameter.name,
      toTexts(valueOf(contract, parameter, target)).join(','),
    ]),
  )
  const query = required('query').flatMap((parameter) =>
    toQuery(parameter, valueOf(contract, parameter, target)),
  )
  const body = 'body' in changes ? changes.body : exampleBodiesOf(contract, operation)[0]
  return {
    method,
    path,
    query: withQuery(query, changes.query ?? {}),
    ...(required('header').length > 0 && { headers }),
    ...(body !== undefined && { body }),
  }
}
