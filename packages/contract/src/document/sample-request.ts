import { sampleValue } from '@cekura-kit/mock'
import { jsonSchemaOf, type Json, type Operation, type Parameter } from '@cekura-kit/spec'
import type { TestRequest } from '../target/request.ts'
import type { Target } from '../target/target.ts'
import { isJson, type ContractDocument } from './contract-document.ts'
import { exampleValuesOf, toQuery, toTexts } from './sample-texts.ts'

/** What a request has instead of the values of the document. */
export interface Changes extends Pick<TestRequest, 'method' | 'headers' | 'key'> {
  /** Text as it is sent, or an array or object to serialize; undefined omits a parameter. */
  query?: { [name: string]: Json | undefined }
  /** Values of path parameters. */
  path?: { [name: string]: string }
  /** Undefined omits the body. */
  body?: Json | undefined
}

/** The schema of a JSON request body, undefined if the operation takes no JSON. */
export const bodySchemaOf = ({ requestBody }: Operation) => jsonSchemaOf(requestBody?.content ?? {})

/** JSON request bodies to send: the documented examples, or one generated from the schema. */
export const exampleBodiesOf = (contract: ContractDocument, operation: Operation): Json[] =>
  bodiesOf(contract, operation)
    .filter(({ mediaType }) => isJson(mediaType))
    .map(({ value }) => value)

/** Bodies of each media type, JSON first. */
function bodiesOf({ document }: ContractDocument, { requestBody }: Operation) {
  const { content = {}, examples = [] } = requestBody ?? {}
  const bodies = Object.entries(content).flatMap(([mediaType, schema]) => {
    // On the wire null is no body.
    const own = examples.filter((one) => one.mediaType === mediaType && one.value !== null)
    return own.length > 0 ? own : [{ mediaType, value: sampleValue(document, schema) }]
  })
  return bodies.toSorted((a, b) => Number(isJson(b.mediaType)) - Number(isJson(a.mediaType)))
}

/**
 * Required query and header parameters, filled path parameters and a body, with some changes.
 *
 * @param target an agent and, if its data is known, rows that the server has
 */
export function createRequest(
  contract: ContractDocument,
  operation: Operation,
  { agentId, known }: Pick<Target, 'agentId' | 'known'>,
  { query = {}, path = {}, headers, ...changes }: Changes = {},
): TestRequest & { query: [string, string][] } {
  const { parameters, method } = operation
  const valueOf = (parameter: Parameter): Json =>
    parameter.name === 'agent_id' ? agentId : exampleValuesOf(contract.document, parameter)[0]!
  const required = (place: Parameter['in']): Parameter[] =>
    parameters.filter((parameter) => parameter.required && parameter.in === place)
  // The id of a row follows the path of its list.
  const [listPath] = operation.path.split('{')
  const list = contract.operations.find((one) => one.path === listPath && one.method === 'GET')
  const rowId = list && known?.rowIds[list.operationId]
  const valueInPath = (name: string): Json =>
    rowId !== undefined && operation.path.startsWith(`${listPath}{${name}}`)
      ? rowId
      : valueOf(parameters.find((one) => one.in === 'path' && one.name === name)!)
  const [body] = bodiesOf(contract, operation)
  const toPairs = ([name, value]: [string, Json | undefined]): [string, string][] => {
    if (value === undefined) return []
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name)
    return typeof value === 'object' && parameter
      ? toQuery(parameter, value)
      : [[name, String(value)]]
  }
  return {
    method,
    body: body?.value,
    mediaType: body?.mediaType,
    ...changes,
    path: operation.path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
      toTexts(path[name] ?? valueInPath(name))
        .map(encodeURIComponent)
        .join(','),
    ),
    query: [
      ...required('query')
        .filter(({ name }) => !(name in query))
        .flatMap((parameter) => toQuery(parameter, valueOf(parameter))),
      ...Object.entries(query).flatMap(toPairs),
    ],
    headers: {
      ...Object.fromEntries(
        required('header').map((one) => [one.name, toTexts(valueOf(one)).join(',')]),
      ),
      ...headers,
    },
  }
}
