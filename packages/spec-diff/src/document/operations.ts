import type { Json, SpecDocument } from '@cekura-kit/spec'
import { field, listOf, mapOf, nodeAt, type Node } from './node.ts'

/** Methods with a field of a path item for them. */
export const fixedMethods = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]

/** An operation with what it inherits. */
export interface FoundOperation {
  method: string
  path: string
  /**
   * With `parameters` by place and name, those of the operation instead of those of the path, and
   * with the inherited `servers`, `security` and `responses` written.
   */
  operation: Node
}

/** The operationId, or empty. */
export const nameOf = (operationId: Json | undefined): string =>
  typeof operationId === 'string' ? operationId : ''

/** The operations of a path item by method, those of OpenAPI 3.2 too. */
export function operationsOf(
  document: SpecDocument,
  path: string,
  value: Json | undefined,
): Map<string, FoundOperation> {
  const item = nodeAt(document, value)
  const found = [
    ...fixedMethods.map((name): [string, Json | undefined] => [name, field(item, name)]),
    ...mapOf(item['additionalOperations']),
  ]
  return new Map(
    found.flatMap(([name, value]): [string, FoundOperation][] => {
      if (value === undefined) return []
      const [method, operation] = [name.toUpperCase(), nodeAt(document, value)]
      const listed = [...listOf(item['parameters']), ...listOf(operation['parameters'])]
      const parameters = listed.map((parameter): [string, Json] => {
        const { in: place, name } = nodeAt(document, parameter)
        return [`${String(place)} parameter ${String(name)}`, parameter]
      })
      const inherited = {
        responses: {},
        security: document['security'] ?? [],
        servers: item['servers'] ?? [],
        ...operation,
        parameters: Object.fromEntries(parameters),
      }
      return [[method, { method, path, operation: inherited }]]
    }),
  )
}

/** Every operation of a document by method and path. */
export function listOperationsOf(document: SpecDocument): Map<string, FoundOperation> {
  const paths = mapOf(nodeAt(document, document['paths']))
  return new Map(
    [...paths].flatMap(([path, item]) =>
      [...operationsOf(document, path, item).values()].map((found) => [
        `${found.method} ${path}`,
        found,
      ]),
    ),
  )
}
