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

/** An operation with what it inherits from its path. */
export interface FoundOperation {
  method: string
  path: string
  operation: Node
  /** By place and name; those of the operation replace those of the path. */
  parameters: ReadonlyMap<string, Json>
  servers: Json | undefined
}

/** The operationId, or empty. */
export const nameOf = ({ operationId }: Node): string =>
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
      const parameters = new Map(
        listed.map((parameter) => {
          const { in: place, name } = nodeAt(document, parameter)
          return [`${String(place)} parameter ${String(name)}`, parameter]
        }),
      )
      const servers = field(operation, 'servers') ?? item['servers']
      return [[method, { method, path, operation, parameters, servers }]]
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
