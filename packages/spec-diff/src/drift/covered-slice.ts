import type { Json, SpecDocument } from '@cekura-kit/spec'
import { operationsOf, type FoundOperation } from '../compare/compare-operations.ts'
import { field, follow, isNode, mapOf, nodeAt, pointerOf, type Node } from '../document/node.ts'

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

/** The components that a value refers to, directly or over others, by section and name. */
function collectComponents(document: SpecDocument, value: Json): Map<string, Map<string, Json>> {
  const sections = new Map<string, Map<string, Json>>()
  const visit = (part: Json | undefined): void => {
    if (typeof part !== 'object' || part === null) return
    const reference = field(part, '$ref')
    if (typeof reference === 'string') {
      const [root, section, name] = pointerOf(reference)
      const names = sections.get(section!) ?? new Map<string, Json>()
      if (root === 'components' && name !== undefined && !names.has(name)) {
        const target = field(field(document['components'], section!), name)
        sections.set(section!, names.set(name, target ?? {}))
        visit(target)
      } else if (root !== 'components') visit(follow(document, part).value)
    }
    for (const child of Object.values(part)) visit(child)
  }
  visit(value)
  return sections
}

/** The document with only the operations that another one covers, and what those refer to. */
export function sliceCovered(document: SpecDocument, covered: SpecDocument): SpecDocument {
  const theirs = mapOf(nodeAt(document, document['paths']))
  const ours = listOperationsOf(covered)
  const paths = Object.fromEntries(
    [...mapOf(nodeAt(covered, covered['paths'])).keys()].flatMap((path): [string, Json][] => {
      const item = theirs.get(path)
      if (item === undefined) return []
      const kept = Object.entries(nodeAt(document, item)).filter(
        ([name]) =>
          !operationsOf(document, path, { [name]: {} }).has(name.toUpperCase()) ||
          ours.has(`${name.toUpperCase()} ${path}`),
      )
      return [[path, Object.fromEntries(kept)]]
    }),
  )
  const components = [...collectComponents(document, paths)].map(([section, names]) => [
    section,
    Object.fromEntries(names),
  ])
  const schemes = field(document['components'], 'securitySchemes')
  const slice: Node = {
    ...document,
    paths,
    components: {
      ...(isNode(schemes) ? { securitySchemes: schemes } : {}),
      ...(Object.fromEntries(components) as Node),
    },
  }
  delete slice['webhooks']
  return slice
}
