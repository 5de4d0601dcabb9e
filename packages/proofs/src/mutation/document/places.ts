import type { Json, SpecDocument } from '@cekura-kit/spec'

export type Node = { [key: string]: Json }

export const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** A JSON pointer. */
export const pointer = (path: readonly string[]): string =>
  path.map((part) => `/${escape(part)}`).join('')

/** What stands at a path. */
export function at(document: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document
  for (const part of path)
    value =
      typeof value === 'object' && value !== null
        ? (value as { [key: string]: Json })[part]
        : undefined
  return value
}

export const nodeAt = (document: Json, path: readonly string[]): Node => at(document, path) as Node

/** Paths of every schema that is written out, those inside of others included. */
export function schemaPlaces(document: SpecDocument): string[][] {
  const found: string[][] = []
  const walk = (value: Json | undefined, path: string[]): void => {
    if (!isNode(value) || value['$ref'] !== undefined) return
    found.push(path)
    for (const [name, child] of Object.entries((value['properties'] ?? {}) as Node))
      walk(child, [...path, 'properties', name])
    walk(value['items'], [...path, 'items'])
    walk(value['additionalProperties'], [...path, 'additionalProperties'])
  }
  const roots = ['schemas', 'parameters', 'headers', 'responses'] as const
  for (const root of roots) {
    const owners = at(document, ['components', root])
    for (const [name, owner] of Object.entries(isNode(owners) ? owners : {})) {
      const path = ['components', root, name]
      if (root === 'schemas') walk(owner, path)
      else if (root !== 'responses') walk(at(owner, ['schema']), [...path, 'schema'])
      else
        for (const [mediaType, media] of Object.entries(nodeAt(owner, ['content'])))
          walk(at(media, ['schema']), [...path, 'content', mediaType, 'schema'])
    }
  }
  return found
}

/** Paths of every response object, referenced ones where they are written. */
export function responsePlaces(
  document: SpecDocument,
): { status: string; path: string[]; owner: string[] }[] {
  return operationPlaces(document).flatMap(({ path: operation }) =>
    Object.entries(nodeAt(document, [...operation, 'responses'])).map(([status, response]) => {
      const owner = [...operation, 'responses']
      const ref = isNode(response) ? response['$ref'] : undefined
      const path = typeof ref === 'string' ? ref.slice(2).split('/') : [...owner, status]
      return { status, path, owner }
    }),
  )
}

export function operationPlaces(document: SpecDocument): { path: string[]; method: string }[] {
  return Object.entries(nodeAt(document, ['paths'])).flatMap(([path, item]) =>
    Object.keys(item as Node)
      .filter((method) => ['get', 'put', 'post', 'delete', 'patch'].includes(method))
      .map((method) => ({ path: ['paths', path, method], method })),
  )
}
