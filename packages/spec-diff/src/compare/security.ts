import type { Json, SpecDocument } from '@cekura-kit/spec'
import { canonicalText, listOf, mapOf, nodeAt, type Node } from '../document/node.ts'
import { isDocumentation } from '../document/modern-schema.ts'
import { createEdit, type Edit } from './edit.ts'

/** One way to be let in: everything that a caller must present together. */
type Way = Set<string>

/** Everything about a scheme or flow that some text does not say already. */
function print(node: Node, ...said: string[]): string {
  const rest = Object.entries(node).filter(
    ([name]) => !isDocumentation(name) && !said.includes(name),
  )
  return rest.length === 0 ? '' : ` ${canonicalText(Object.fromEntries(rest))}`
}

/** What a scheme demands, whatever the document calls it; more than one for OAuth flows. */
function demandsOf(scheme: Node): string[] {
  const { type, in: place, name } = scheme
  if (type === 'oauth2')
    return [...mapOf(scheme['flows'])].map(
      ([flow, value]) => `oauth2 ${flow}${print(value as Node, 'scopes')}`,
    )
  if (type === 'http')
    return [
      `http ${String(scheme['scheme']).toLowerCase()}${print(scheme, 'type', 'scheme', 'bearerFormat')}`,
    ]
  // Names of header fields ignore case.
  const key = place === 'header' ? String(name).toLowerCase() : String(name)
  return type === 'apiKey'
    ? [`key in ${String(place)} ${key}${print(scheme, 'type', 'in', 'name')}`]
    : [`${String(type)}${print(scheme, 'type')}`]
}

/** Every way into an operation; no requirement is one way that demands nothing. */
function waysInto(document: SpecDocument, security: Json | undefined): Way[] {
  const schemes = mapOf(nodeAt(document, document['components'])['securitySchemes'])
  const ways = listOf(security).flatMap((requirement): Way[] =>
    [...mapOf(requirement)]
      .map(([name, scopes]) =>
        demandsOf(nodeAt(document, schemes.get(name) ?? { name })).map((demand) => [
          demand,
          ...listOf(scopes).map((scope) => `${demand}: ${String(scope)}`),
        ]),
      )
      .reduce<string[][]>(
        (all, options) => all.flatMap((way) => options.map((one) => [...way, ...one])),
        [[]],
      )
      .map((way) => new Set(way)),
  )
  return ways.length === 0 ? [new Set()] : ways
}

const isSubset = (inner: Way, outer: Way): boolean => [...inner].every((item) => outer.has(item))

const printWays = (ways: readonly Way[]): string =>
  ways.map((way) => [...way].join(' + ') || 'nothing').join(' or ')

const letsIn = (ways: readonly Way[], way: Way): boolean =>
  ways.some((other) => isSubset(other, way))

/** Compares who is let in, by what a caller must present. */
export function compareSecurity(
  documents: readonly [SpecDocument, SpecDocument],
  before: Json | undefined,
  after: Json | undefined,
): Edit[] {
  const [old, next] = [waysInto(documents[0], before), waysInto(documents[1], after)]
  const isKept = old.every((way) => letsIn(next, way))
  if (isKept && next.every((way) => letsIn(old, way))) return []
  const kind = isKept ? 'security-relaxed' : 'security-tightened'
  return [createEdit(kind, ' security', printWays(old), printWays(next))]
}
