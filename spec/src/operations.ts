import type { Json, SpecDocument } from './bundle-spec.ts'
import { SpecError } from './spec-error.ts'

export interface Parameter {
  name: string
  in: 'query' | 'header' | 'path' | 'cookie'
  required: boolean
  description: string
  schema: { [key: string]: Json }
  /** How a value is serialized, with OpenAPI's defaults filled in. */
  style: string
  explode: boolean
  /** Type of the items of a string that holds a comma-separated list (`x-comma-separated`). */
  commaSeparated?: string
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

export interface RequestBody {
  required: boolean
  /** Schema by media type. */
  content: { [mediaType: string]: { [key: string]: Json } }
  examples: Example[]
}

export interface Operation {
  operationId: string
  /** Upper case. */
  method: string
  /** The path template as written. */
  path: string
  summary: string
  description: string
  deprecated: boolean
  parameters: Parameter[]
  /** Undefined for an operation without a request body. */
  requestBody?: RequestBody
  responses: Response[]
  /**
   * The item schema of a paginated operation: one with a query parameter `page` and a 200 whose
   * JSON object has `results` (an array) and `next`.
   */
  pageItem?: { [key: string]: Json }
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

type Node = { [key: string]: Json }

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Resolves `$ref`s inside a bundled document.
 *
 * @throws {SpecError} if a reference points outside the document or to nothing
 */
export function resolveRef(document: SpecDocument, value: Json | undefined): Node {
  let node = value
  for (let hops = 0; isNode(node) && typeof node['$ref'] === 'string'; hops++) {
    const ref = node['$ref']
    if (!ref.startsWith('#/') || hops > 100)
      throw new SpecError(
        `Cannot resolve the reference "${ref}": expected one inside the document. Bundle the document first.`,
      )
    node = ref
      .slice(2)
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>((at, part) => (isNode(at) ? at[part] : undefined), document)
    if (node === undefined)
      throw new SpecError(
        `Cannot resolve the reference "${ref}": there is nothing at this location. Fix the reference.`,
      )
  }
  return isNode(node) ? node : {}
}

const isJson = (mediaType: string): boolean => /^application\/(.+\+)?json\b/i.test(mediaType)

/** The schema of the first JSON media type, undefined without one. */
export const jsonSchemaOf = (content: Response['content']): Node | undefined =>
  Object.entries(content).find(([mediaType]) => isJson(mediaType))?.[1]

/** What an operation documents for a status: exactly, as a range such as `4XX`, or as default. */
export const responseOf = ({ responses }: Operation, status: number): Response | undefined =>
  [String(status), `${String(status)[0]}XX`, 'DEFAULT'].flatMap(
    (name) => responses.find((response) => response.status.toUpperCase() === name) ?? [],
  )[0]

/** A reader of nodes that resolves references in one document. */
function createNodeReader(document: SpecDocument) {
  const follow = (value: Json | undefined): Node => resolveRef(document, value)
  const entries = (value: Json | undefined): [string, Json][] => Object.entries(follow(value))

  const examplesOf = (owner: Node): [string, Json][] => [
    ...(owner['example'] === undefined ? [] : [['', owner['example']] as [string, Json]]),
    ...entries(owner['examples']).map(
      ([name, example]) => [name, follow(example)['value'] ?? null] as [string, Json],
    ),
  ]

  const contentOf = (owner: Node): Pick<Response, 'content' | 'examples'> => {
    const content = entries(owner['content'])
    return {
      content: Object.fromEntries(
        content.map(([mediaType, media]) => [mediaType, follow(media)['schema'] as Node]),
      ),
      examples: content.flatMap(([mediaType, media]) =>
        examplesOf(follow(media)).map(([name, example]) => ({ name, mediaType, value: example })),
      ),
    }
  }

  return { follow, entries, examplesOf, contentOf }
}

type NodeReader = ReturnType<typeof createNodeReader>

function readParameter({ follow, examplesOf }: NodeReader, parameter: Node): Parameter {
  const place = parameter['in'] as Parameter['in']
  const style = String(
    parameter['style'] ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple'),
  )
  const separated = parameter['x-comma-separated']
  return {
    name: String(parameter['name']),
    in: place,
    required: parameter['required'] === true,
    description: String(parameter['description'] ?? ''),
    schema: follow(parameter['schema']),
    style,
    explode: (parameter['explode'] as boolean | undefined) ?? style === 'form',
    ...(separated !== undefined && { commaSeparated: String(separated) }),
    examples: examplesOf(parameter).map(([, example]) => example),
  }
}

/** Parameters of the path item, overridden by those of the operation. */
function readParameters(reader: NodeReader, pathItem: Node, operation: Node): Parameter[] {
  const byKey = new Map<string, Parameter>()
  for (const list of [pathItem['parameters'], operation['parameters']])
    for (const value of Array.isArray(list) ? list : []) {
      const parameter = readParameter(reader, reader.follow(value))
      byKey.set(`${parameter.in} ${parameter.name}`, parameter)
    }
  return [...byKey.values()]
}

/** The item schema of a page, undefined when the operation is not paginated. */
function readPageItem(
  { follow }: NodeReader,
  parameters: Parameter[],
  responses: Response[],
): Node | undefined {
  const hasPage = parameters.some(({ in: place, name }) => place === 'query' && name === 'page')
  const ok = responses.find(({ status }) => status === '200')
  const { results, next } = follow(follow(jsonSchemaOf(ok?.content ?? {}))['properties'])
  return hasPage && isNode(results) && isNode(next) ? (follow(results)['items'] as Node) : undefined
}

function readOperation(
  reader: NodeReader,
  path: string,
  method: string,
  pathItem: Node,
): Operation {
  const { follow, entries, contentOf } = reader
  const operation = follow(pathItem[method])
  const parameters = readParameters(reader, pathItem, operation)
  const responses = entries(operation['responses']).map(([status, value]) => ({
    status,
    ...contentOf(follow(value)),
    headers: entries(follow(value)['headers']).map(([name]) => name),
  }))
  const body = operation['requestBody'] === undefined ? undefined : follow(operation['requestBody'])
  const pageItem = readPageItem(reader, parameters, responses)
  return {
    operationId: String(operation['operationId'] ?? `${method} ${path}`),
    method: method.toUpperCase(),
    path,
    summary: String(operation['summary'] ?? ''),
    description: String(operation['description'] ?? ''),
    deprecated: operation['deprecated'] === true,
    parameters,
    ...(body && { requestBody: { required: body['required'] === true, ...contentOf(body) } }),
    responses,
    ...(pageItem && { pageItem }),
  }
}

/** Every operation of a bundled document with its references resolved, in the document's order. */
export function listOperations(document: SpecDocument): Operation[] {
  const reader = createNodeReader(document)
  return reader.entries(document['paths']).flatMap(([path, item]) => {
    const pathItem = reader.follow(item)
    return methods
      .filter((method) => isNode(pathItem[method]))
      .map((method) => readOperation(reader, path, method, pathItem))
  })
}
