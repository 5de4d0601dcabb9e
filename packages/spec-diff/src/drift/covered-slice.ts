import type { Json, SpecDocument } from '@cekura-kit/spec'
import { field, isNode, mapOf, nodeAt, reachedComponents, type Node } from '../document/node.ts'
import { listOperationsOf, operationsOf } from '../document/operations.ts'

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
  const components = [...reachedComponents(document, [paths])].map(([section, names]) => [
    section,
    Object.fromEntries(
      [...names].map((name) => [name, field(field(document['components'], section), name) ?? {}]),
    ),
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
