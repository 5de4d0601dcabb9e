import type { Json } from '@cekura-kit/spec'
import { canonicalText, field, isNode, listOf, mapOf, nodeAt, type Node } from '../document/node.ts'
import { fixedMethods, nameOf, operationsOf, type FoundOperation } from '../document/operations.ts'
import { compareContent, findJson } from './compare-content.ts'
import { compareDeprecated, compareFields, elsewhere, toggle } from './compare-fields.ts'
import { compareParameters, isTrue } from './compare-parameters.ts'
import { compareResponses } from './compare-responses.ts'
import { compareSecurity } from './compare-security.ts'
import { describeValue } from './describe.ts'
import { compareNamed } from './compare-named.ts'
import { createEdit, documentationChanged, within, type Direction, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

/** Fields of a path item that its operations are compared with. */
export const pathItemFields = Object.fromEntries(
  ['parameters', 'servers', 'additionalOperations', '$ref', ...fixedMethods].map((name) => [
    name,
    elsewhere,
  ]),
)

export const otherWay = (direction: Direction): Direction =>
  direction === 'request' ? 'response' : 'request'

/**
 * Compares two operations.
 *
 * @param direction of what is sent to the operation: `response` for webhooks and callbacks, which
 * a consumer receives
 */
export function compareOperations(
  schemas: SchemaComparison,
  before: FoundOperation,
  after: FoundOperation,
  direction: Direction = 'request',
): Edit[] {
  const [old, next] = [before.operation, after.operation]
  const body = (value: Json | undefined, side: 0 | 1): Node | undefined =>
    value === undefined ? undefined : nodeAt(schemas.documents[side], value)
  // These are compared even where both operations inherit or omit them.
  const always = { parameters: [], security: [], servers: [], responses: {} }
  return compareFields(
    schemas,
    { ...old, ...always },
    { ...next, ...always },
    {
      operationId: () => {
        const [from, to] = [nameOf(old), nameOf(next)]
        if (from === to) return []
        return [createEdit(`operation-id-${from ? 'removed' : 'added'}`, '', from, to)]
      },
      parameters: () => [
        ...compareParameters(schemas, before.parameters, after.parameters, direction, 'parameter'),
        ...(isPaginated(schemas, 0, old, before.parameters) ===
        isPaginated(schemas, 1, next, after.parameters)
          ? []
          : [createEdit('response-pagination-changed', ' 200 body')]),
      ],
      requestBody: (a, b) => compareBody(schemas, body(a, 0), body(b, 1), direction),
      responses: () =>
        compareResponses(schemas, old['responses'], next['responses'], otherWay(direction)),
      callbacks: (a, b) => compareCallbacks(schemas, a, b, otherWay(direction)),
      security: () =>
        direction === 'request' ? compareSecurity(schemas.documents, old, next) : [],
      deprecated: compareDeprecated,
      servers: () => compareServers(before.servers, after.servers),
    },
  )
}

/** Whether the client's method iterates over pages. */
function isPaginated(
  schemas: SchemaComparison,
  side: 0 | 1,
  operation: Node,
  parameters: ReadonlyMap<string, Json>,
): boolean {
  const document = schemas.documents[side]
  const content = mapOf(nodeAt(document, field(operation['responses'], '200'))['content'])
  const schema = field(nodeAt(document, content.get(findJson(content) ?? '')), 'schema')
  if (schema === undefined || !parameters.has('query parameter page')) return false
  const { properties } = (side === 0 ? schemas.before : schemas.after)([schema])
  return properties.has('results') && properties.has('next')
}

const printServers = (value: Json | undefined): string =>
  listOf(value)
    .map((server) => {
      const { url = '', variables } = isNode(server) ? server : {}
      return variables === undefined ? String(url) : `${String(url)} ${describeValue(variables)}`
    })
    .join(', ')

/** Compares where requests go; descriptions of servers are documentation. */
export function compareServers(before: Json | undefined, after: Json | undefined): Edit[] {
  const [from, to] = [printServers(before), printServers(after)]
  if (from !== to) return [createEdit('server-changed', ' servers', from, to)]
  const isSame = canonicalText(before) === canonicalText(after)
  return isSame ? [] : [createEdit(documentationChanged, ' servers')]
}

function compareBody(
  schemas: SchemaComparison,
  old: Node | undefined,
  next: Node | undefined,
  direction: Direction,
): Edit[] {
  const path = ' body'
  if (!old && !next) return []
  if (!old) {
    // Client methods send JSON: an operation with another body has no method.
    const other = findJson(mapOf(next?.['content'])) === undefined ? '-without-json' : ''
    const required = isTrue(next, 'required') ? '-required' : other
    return [createEdit(`${direction}-body-added${required}`, path)]
  }
  if (!next) return [createEdit(`${direction}-body-removed`, path)]
  return within(path, compareBodyFields(schemas, old, next, direction))
}

/** Compares two request bodies. */
export const compareBodyFields = (
  schemas: SchemaComparison,
  old: Node,
  next: Node,
  direction: Direction,
): Edit[] =>
  compareFields(schemas, old, next, {
    required: toggle(`${direction}-became-required`, `${direction}-became-optional`),
    content: (a, b) => compareContent(schemas, a, b, direction),
  })

const onlyOnce = { added: 'callback-added', removed: 'callback-removed' } as const

const compareCallbacks = (
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
): Edit[] =>
  compareNamed(mapOf(before), mapOf(after), {
    ...onlyOnce,
    at: (name) => ` callback ${name}`,
    both: (a, b) => {
      const [old, next] = schemas.nodesAt(a, b)
      return comparePathItems(schemas, mapOf(old), mapOf(next), direction)
    },
  })

/** Compares path items that a consumer serves, by expression or name. */
export const comparePathItems = (
  schemas: SchemaComparison,
  old: ReadonlyMap<string, Json>,
  next: ReadonlyMap<string, Json>,
  direction: Direction,
): Edit[] =>
  compareNamed(old, next, {
    ...onlyOnce,
    both: (before, after, name) => {
      const [a, b] = schemas.nodesAt(before, after)
      const [from, to] = schemas.documents
      return [
        ...compareFields(schemas, a, b, pathItemFields),
        ...compareNamed(operationsOf(from, name, a), operationsOf(to, name, b), {
          ...onlyOnce,
          both: (one, other) => compareOperations(schemas, one, other, direction),
        }),
      ]
    },
  })
