import type { Json, SpecDocument } from '@cekura-kit/spec'
import { mapOf, nodeAt, type Node } from '../document/node.ts'
import { listOperationsOf, operationsOf, type FoundOperation } from '../document/operations.ts'
import { viewSchema } from '../document/schema-view.ts'
import { createConsumerCode, type ConsumerCode } from './consumer-code.ts'

/** One line of a consumer's code. */
export interface ConsumerLine {
  code: string
  /** What the line does and where, for a reader of the failure. */
  label: string
}

/** What a file of consumer code starts with; `types` is the module under test. */
export const consumerPrelude = (types: string): string =>
  [
    "import createClient from 'openapi-fetch'",
    `import type * as Types from ${quote(types)}`,
    'type Operations = Types.operations',
    'type Components = Types.components',
    'declare const client: ReturnType<typeof createClient<Types.paths>>',
    'declare function a<T>(): T',
    'declare function use<T>(value: T): void',
    '',
  ].join('\n')

const quote = JSON.stringify

/**
 * Writes code as a consumer of the types of a document would: every call with all and with the
 * required arguments, every field read, every literal compared, every name imported. The code
 * that builds responses, as tests do, is left out: it may break in a minor.
 */
export function writeConsumers(document: SpecDocument): ConsumerLine[] {
  const code = createConsumerCode((conjunction) => viewSchema(document, conjunction))
  const lines: ConsumerLine[] = []
  const add = (label: string, ...codes: string[]): void => {
    for (const line of codes) lines.push({ code: line, label })
  }
  for (const found of listOperationsOf(document).values()) {
    // Other methods have no generated types.
    if (!/^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/.test(found.method)) continue
    const at = `${found.method} ${found.path}`
    add(`call ${at}`, ...writeCalls(document, found, code))
    writeResponses(document, found, code, (what, ...codes) => add(`${what} ${at}`, ...codes))
    const { operationId } = found.operation
    if (typeof operationId === 'string')
      add(`operation ${operationId}`, `use<Operations[${quote(operationId)}]>(a<never>())`)
  }
  for (const [name, item] of mapOf(document['webhooks']))
    for (const { method, operation } of operationsOf(document, name, item).values()) {
      const body = nodeAt(document, operation['requestBody'])
      for (const [media, content] of mapOf(body['content'])) {
        const place = `NonNullable<Types.webhooks[${quote(name)}][${quote(method.toLowerCase())}]["requestBody"]>["content"][${quote(media)}]`
        add(`webhook ${name}`, ...code.read(schemaOf(nodeAt(document, content)), `a<${place}>()`))
      }
    }
  for (const section of ['schemas', 'parameters', 'responses', 'headers', 'requestBodies'])
    for (const [name] of mapOf(nodeAt(document, document['components'])[section]))
      add(`${section} ${name}`, `use<Components[${quote(section)}][${quote(name)}]>(a<never>())`)
  return lines
}

const schemaOf = (holder: Node): Json[] => ('schema' in holder ? [holder['schema']!] : [])

function writeCalls(document: SpecDocument, found: FoundOperation, code: ConsumerCode): string[] {
  const { method, path, operation } = found
  const parameters = [...mapOf(operation['parameters']).values()].map((value) =>
    nodeAt(document, value),
  )
  const body = nodeAt(document, operation['requestBody'])
  const [media] = mapOf(body['content']).values()
  const groups = (full: boolean): [place: string, value: string][] =>
    ['query', 'header', 'path', 'cookie'].flatMap((place) => {
      const members = parameters
        .filter((one) => one['in'] === place)
        .filter((one) => full || one['required'] === true || place === 'path')
        .map((one) => {
          const value = 'content' in one ? 'a<never>()' : code.write(schemaOf(one), full)
          return `${quote(String(one['name']))}: ${value}`
        })
      return members.length > 0 ? [[place, `{ ${members.join(', ')} }`]] : []
    })
  const call = (full: boolean): string => {
    const places = groups(full).map(([place, value]) => `${place}: ${value}`)
    const parts = [
      ...(places.length > 0 ? [`params: { ${places.join(', ')} }`] : []),
      ...(media !== undefined && (full || body['required'] === true)
        ? [`body: ${code.write(schemaOf(nodeAt(document, media)), full)}`]
        : []),
    ]
    const rest = parts.length > 0 ? `, { ${parts.join(', ')} }` : ''
    return `void client.${method}(${quote(path)}${rest})`
  }
  // A call does not notice an argument that types do not know; a typed object does.
  const own = `Types.paths[${quote(path)}][${quote(method.toLowerCase())}]["parameters"]`
  const typed = groups(true).map(
    ([place, value]) => `use<NonNullable<${own}[${quote(place)}]>>(${value})`,
  )
  return [...new Set([call(true), call(false), ...typed])]
}

function writeResponses(
  document: SpecDocument,
  { method, path, operation }: FoundOperation,
  code: ConsumerCode,
  add: (what: string, ...codes: string[]) => void,
): void {
  const own = `Types.paths[${quote(path)}][${quote(method.toLowerCase())}]`
  const responses = [...mapOf(operation['responses'])].filter(
    ([status]) => !status.startsWith('x-'),
  )
  for (const [status, value] of responses) {
    const response = nodeAt(document, value)
    const place = `${own}["responses"][${/^\d+$/.test(status) ? status : quote(status)}]`
    add(`status ${status}`, `use<${place}>(a<never>())`)
    for (const [name, header] of mapOf(response['headers']))
      add(
        `header ${name}`,
        ...code.read(
          schemaOf(nodeAt(document, header)),
          `a<${place}["headers"]>()[${quote(name)}]`,
          nodeAt(document, header)['required'] !== true,
        ),
      )
    for (const [name, media] of mapOf(response['content']))
      add(
        `read ${status}`,
        ...code.read(schemaOf(nodeAt(document, media)), `a<${place}["content"][${quote(name)}]>()`),
      )
  }
}
