import type { Json, SpecDocument } from './bundle-spec.ts'
import { SpecError } from './spec-error.ts'

export interface Parameter {
  name: string
  in: 'query' | 'header' | 'path' | 'cookie'
  required: boolean
  schema: { [key: string]: Json }
  /** Every documented example value, in the document's order. */
  examples: Json[]
}

export interface Example {
  name: string
  mediaType: string
  value: Json
}

export interface Response {
  /** As written: `200`, `4XX` or `default`. */
  status: string
  /** Schema by media type. */
  content: { [mediaType: string]: { [key: string]: Json } }
  examples: Example[]
  headers: string[]
}

export interface Operation {
  operationId: string
  /** Upper case. */
  method: string
  /** The path template as written. */
  path: string
  parameters: Parameter[]
  responses: Response[]
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

type Node = { [key: string]: Json }

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Follows `$ref`s inside a bundled document until there is none.
 *
 * @throws {SpecError} when a reference leads out of the document or nowhere
 */
export function resolveRef(document: SpecDocument, value: Json | undefined): Node {
  let node = value
  for (let hops = 0; isNode(node) && typeof node['$ref'] === 'string'; hops++) {
    const ref = node['$ref']
    if (!ref.startsWith('#/') || hops > 100)
      throw new SpecError(
        `Cannot follow the reference "${ref}": only references inside the document are read; bundle it first`,
      )
    node = ref
      .slice(2)
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>((at, part) => (isNode(at) ? at[part] : undefined), document)
    if (node === undefined)
      throw new SpecError(
        `Cannot follow the reference "${ref}": nothing is there; correct the reference`,
      )
  }
  return isNode(node) ? node : {}
}

/** Every operation of a bundled document with its references followed, in the document's order. */
export function listOperations(document: SpecDocument): Operation[] {
  const follow = (value: Json | undefined): Node => resolveRef(document, value)
  const entries = (value: Json | undefined): [string, Json][] => Object.entries(follow(value))

  const examplesOf = (owner: Node): [string, Json][] => [
    ...(owner['example'] === undefined ? [] : [['', owner['example']] as [string, Json]]),
    ...entries(owner['examples']).map(
      ([name, example]) => [name, follow(example)['value'] ?? null] as [string, Json],
    ),
  ]

  const toParameter = (value: Json): Parameter => {
    const parameter = follow(value)
    return {
      name: String(parameter['name']),
      in: parameter['in'] as Parameter['in'],
      required: parameter['required'] === true,
      schema: follow(parameter['schema']),
      examples: examplesOf(parameter).map(([, example]) => example),
    }
  }

  const toResponse = ([status, value]: [string, Json]): Response => {
    const response = follow(value)
    const content = entries(response['content'])
    return {
      status,
      content: Object.fromEntries(
        content.map(([mediaType, media]) => [mediaType, follow(media)['schema'] as Node]),
      ),
      examples: content.flatMap(([mediaType, media]) =>
        examplesOf(follow(media)).map(([name, example]) => ({ name, mediaType, value: example })),
      ),
      headers: entries(response['headers']).map(([name]) => name),
    }
  }

  return entries(document['paths']).flatMap(([path, item]) => {
    const pathItem = follow(item)
    return methods
      .filter((method) => isNode(pathItem[method]))
      .map((method) => {
        const operation = follow(pathItem[method])
        const parameters = [pathItem['parameters'], operation['parameters']].flatMap((list) =>
          Array.isArray(list) ? list : [],
        )
        return {
          operationId: String(operation['operationId'] ?? `${method} ${path}`),
          method: method.toUpperCase(),
          path,
          parameters: parameters.map(toParameter),
          responses: entries(operation['responses']).map(toResponse),
        }
      })
  })
}
