import type { Json } from '@cekura-kit/spec'
import { canonicalText, field, isNode, listOf, mapOf, namesOf, nodeAt } from '../document/node.ts'
import { fixedMethods, nameOf, operationsOf, type FoundOperation } from '../document/operations.ts'
import { compareContent, findJson } from './content.ts'
import { describeValue } from './describe.ts'
import { createEdit, documentationChanged, within, type Direction, type Edit } from './edit.ts'
import { compareDeprecated, elsewhere, flag, object, type Compare } from './fields.ts'
import { compareParameters } from './parameters.ts'
import { compareResponses } from './responses.ts'
import { compareSecurity } from './security.ts'
import type { SchemaComparison } from './pair.ts'

const otherWay = (direction: Direction): Direction =>
  direction === 'request' ? 'response' : 'request'

const printServers = (value: Json | undefined): string =>
  listOf(value)
    .map((server) => {
      const { url = '', variables } = isNode(server) ? server : {}
      return variables === undefined ? String(url) : `${String(url)} ${describeValue(variables)}`
    })
    .join(', ')

/** Compares where requests go; descriptions of servers are documentation. */
export const compareServers: Compare = (_schemas, before, after) => {
  const [from, to] = [printServers(before), printServers(after)]
  if (from !== to) return [createEdit('server-changed', ' servers', from, to)]
  const isSame = canonicalText(before) === canonicalText(after)
  return isSame ? [] : [createEdit(documentationChanged, ' servers')]
}

/** Compares two request bodies. */
export const compareBody = object({
  required: flag('became-required', 'became-optional'),
  content: compareContent,
})

const compareOptionalBody: Compare = (schemas, before, after, direction) => {
  if (before !== undefined && after !== undefined)
    return within(' body', compareBody(schemas, before, after, direction))
  if (after === undefined) return [createEdit(`${direction}-body-removed`, ' body')]
  const body = nodeAt(schemas.documents[1], after)
  // Client methods send JSON: an operation with another body has no method.
  const other = findJson(mapOf(body['content'])) === undefined ? '-without-json' : ''
  const required = body['required'] === true ? '-required' : other
  return [createEdit(`${direction}-body-added${required}`, ' body')]
}

const operationFields = object({
  operationId: (_, before, after) => {
    const [from, to] = [nameOf(before), nameOf(after)]
    if (from === to) return []
    return [createEdit(`operation-id-${from ? 'removed' : 'added'}`, '', from, to)]
  },
  parameters: (schemas, a, b, direction) =>
    compareParameters(schemas, mapOf(a), mapOf(b), direction, 'parameter'),
  requestBody: compareOptionalBody,
  responses: (schemas, a, b, direction) => compareResponses(schemas, a, b, otherWay(direction)),
  callbacks: (schemas, a, b, direction) => compareCallbacks(schemas, a, b, otherWay(direction)),
  security: (schemas, a, b, direction) =>
    direction === 'request' ? compareSecurity(schemas.documents, a, b) : [],
  deprecated: (_, a, b) => compareDeprecated(a, b),
  servers: compareServers,
})

/** Whether the client's method iterates over pages. */
function isPaginated(
  schemas: SchemaComparison,
  side: 0 | 1,
  { operation }: FoundOperation,
): boolean {
  const document = schemas.documents[side]
  const content = mapOf(nodeAt(document, field(operation['responses'], '200'))['content'])
  const schema = field(nodeAt(document, content.get(findJson(content) ?? '')), 'schema')
  if (schema === undefined || !mapOf(operation['parameters']).has('query parameter page'))
    return false
  const { properties } = (side === 0 ? schemas.before : schemas.after)([schema])
  return properties.has('results') && properties.has('next')
}

function compareOperation(
  schemas: SchemaComparison,
  before: FoundOperation,
  after: FoundOperation,
  direction: Direction,
): Edit[] {
  const edits = operationFields(schemas, before.operation, after.operation, direction)
  if (isPaginated(schemas, 0, before) !== isPaginated(schemas, 1, after))
    edits.push(createEdit('response-pagination-changed', ' 200 body'))
  return edits
}

/** Operations have their own comparison, with what they inherit. */
const pathItemFields = object(
  Object.fromEntries(
    ['parameters', 'servers', 'additionalOperations', '$ref', ...fixedMethods].map((name) => [
      name,
      elsewhere,
    ]),
  ),
)

/** Where an edit is; without `found` it is in a path item. */
export interface Place {
  path: string
  found?: FoundOperation
}

/**
 * Compares path items by path, name or expression.
 *
 * @param direction of what is sent to an operation: `response` for webhooks and callbacks, which a
 * consumer receives
 * @param add takes the edits of each place
 */
export function comparePathItems(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
  [item, member]: readonly [item: string, member: string],
  add: (place: Place, edits: Edit[]) => void,
): void {
  const [from, to] = schemas.documents
  const [old, next] = schemas.nodesAt(before, after).map(mapOf) as [
    Map<string, Json>,
    Map<string, Json>,
  ]
  for (const path of namesOf(old, next)) {
    const [a, b] = [old.get(path), next.get(path)]
    if (path.startsWith('x-')) {
      if (canonicalText(a) !== canonicalText(b))
        add({ path }, [createEdit(documentationChanged, '')])
      continue
    }
    const [olds, news] = [operationsOf(from, path, a), operationsOf(to, path, b)]
    if (a === undefined && news.size === 0) add({ path }, [createEdit(`${item}-added`, '')])
    if (b === undefined && olds.size === 0) add({ path }, [createEdit(`${item}-removed`, '')])
    if (a !== undefined && b !== undefined) add({ path }, pathItemFields(schemas, a, b, direction))
    for (const method of namesOf(olds, news)) {
      const [one, other] = [olds.get(method), news.get(method)]
      const place = { path, found: (other ?? one)! }
      const name = nameOf(place.found.operation['operationId'])
      if (!one) add(place, [createEdit(`${member}-added`, '', '', name)])
      else if (!other) add(place, [createEdit(`${member}-removed`, '', name)])
      else add(place, compareOperation(schemas, one, other, direction))
    }
  }
}

/** Compares path items that a consumer serves. */
export function compareServed(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
): Edit[] {
  const edits: Edit[] = []
  comparePathItems(schemas, before, after, direction, ['callback', 'callback'], (place, found) => {
    const at = [place.path, place.found?.method].filter(Boolean).join(' ')
    edits.push(...within(` ${at}`, found))
  })
  return edits
}

const compareCallbacks: Compare = (schemas, before, after, direction) =>
  [...namesOf(mapOf(before), mapOf(after))].flatMap((name) =>
    within(
      ` callback ${name}`,
      compareServed(schemas, field(before, name), field(after, name), direction),
    ),
  )
