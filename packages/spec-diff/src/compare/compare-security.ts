import type { Json, SpecDocument } from '@cekura-kit/spec'
import { canonicalText, field, isNode, listOf, mapOf, nodeAt, type Node } from '../document/node.ts'
import { isDocumentation } from '../document/schema-view.ts'
import { createEdit, type Edit } from './edit.ts'

/** One way to be let in: everything that a caller must present together. */
type Way = Set<string>

const undocumented = (node: Node, ...without: string[]): Node =>
  Object.fromEntries(
    Object.entries(node).filter(([name]) => !isDocumentation(name) && !without.includes(name)),
  )

/** What a scheme demands, whatever the document calls it; more than one for OAuth flows. */
function demandsOf(scheme: Node, name: string): string[] {
  const { type } = scheme
  if (type === 'apiKey') {
    // Names of header fields ignore case.
    const key = scheme['in'] === 'header' ? String(scheme['name']).toLowerCase() : scheme['name']
    const rest = undocumented(scheme, 'type', 'in', 'name')
    return [`key in ${String(scheme['in'])} ${String(key)}${print(rest)}`]
  }
  if (type === 'http') {
    const rest = undocumented(scheme, 'type', 'scheme', 'bearerFormat')
    return [`http ${String(scheme['scheme']).toLowerCase()}${print(rest)}`]
  }
  if (type === 'oauth2')
    return [...mapOf(scheme['flows'])].map(
      ([flow, value]) =>
        `oauth2 ${flow}${print(isNode(value) ? undocumented(value, 'scopes') : {})}`,
    )
  if (type === 'openIdConnect' || type === 'mutualTLS')
    return [`${type}${print(undocumented(scheme, 'type'))}`]
  return [`${name}${print(undocumented(scheme))}`]
}

const print = (rest: Node): string =>
  Object.keys(rest).length === 0 ? '' : ` ${canonicalText(rest)}`

/** Every way into an operation; no requirement is one way that demands nothing. */
function waysInto(document: SpecDocument, operation: Node): Way[] {
  const schemes = mapOf(nodeAt(document, document['components'])['securitySchemes'])
  const listed = field(operation, 'security') ?? document['security']
  const ways = listOf(listed).flatMap((requirement): Way[] => {
    const parts = [...mapOf(requirement)].map(([name, scopes]) =>
      demandsOf(nodeAt(document, schemes.get(name)), name).map((demand) => [
        demand,
        ...listOf(scopes).map((scope) => `${demand}: ${String(scope)}`),
      ]),
    )
    return parts
      .reduce<string[][]>(
        (all, options) => all.flatMap((way) => options.map((one) => [...way, ...one])),
        [[]],
      )
      .map((way) => new Set(way))
  })
  return ways.length === 0 ? [new Set()] : ways
}

const isSubset = (inner: Way, outer: Way): boolean => [...inner].every((item) => outer.has(item))

const printWays = (ways: readonly Way[]): string =>
  ways.map((way) => [...way].join(' + ') || 'nothing').join(' or ')

/** Compares who is let in, by what a caller must present. */
export function compareSecurity(
  documents: readonly [SpecDocument, SpecDocument],
  before: Json,
  after: Json,
): Edit[] {
  const old = waysInto(documents[0], before as Node)
  const next = waysInto(documents[1], after as Node)
  const edit = (kind: string): Edit[] => [
    createEdit(kind, ' security', printWays(old), printWays(next)),
  ]
  if (!old.every((way) => next.some((other) => isSubset(other, way))))
    return edit('security-tightened')
  return next.every((way) => old.some((other) => isSubset(other, way)))
    ? []
    : edit('security-relaxed')
}
