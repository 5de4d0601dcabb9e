import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import { isNode, nodesIn, type Node } from './schema-view.ts'

/** One way in: everything a caller must present together. */
type Alternative = Set<string>

/** What a scheme asks of a caller, whatever the document calls it. */
function describe(scheme: Node, name: string): string {
  switch (scheme['type']) {
    case 'apiKey':
      return `key in ${scheme['in']} ${
        // Header names ignore case.
        scheme['in'] === 'header' ? String(scheme['name']).toLowerCase() : String(scheme['name'])
      }`
    case 'http':
      return `http ${String(scheme['scheme']).toLowerCase()}`
    case 'openIdConnect':
      return `openIdConnect ${scheme['openIdConnectUrl']}`
    case 'oauth2': {
      const flows = isNode(scheme['flows']) ? Object.keys(scheme['flows']).sort() : []
      return `oauth2 ${flows.join(' ')}`
    }
    default:
      return `${String(scheme['type'] ?? 'unknown')} ${name}`
  }
}

/** Every way in to an operation; none required gives one empty alternative. */
export function alternativesOf(document: SpecDocument, operation: Node): Alternative[] {
  const components = resolveRef(document, document['components'])
  const schemes = isNode(components['securitySchemes']) ? components['securitySchemes'] : {}
  const listed: Json | undefined = operation['security'] ?? document['security']
  const alternatives = nodesIn(listed).map(
    (requirement) =>
      new Set(
        Object.entries(requirement).flatMap(([name, scopes]) => {
          const scheme = describe(resolveRef(document, schemes[name]), name)
          const asked = Array.isArray(scopes) ? scopes : []
          return [scheme].concat(asked.map((scope) => `${scheme}: ${String(scope)}`))
        }),
      ),
  )
  return alternatives.length === 0 ? [new Set()] : alternatives
}

const within = (inner: Alternative, outer: Alternative): boolean =>
  [...inner].every((item) => outer.has(item))

/** Whether somebody who got in before, by any of the old ways, is now kept out. */
export const keepsOut = (before: Alternative[], after: Alternative[]): boolean =>
  !before.every((old) => after.some((way) => within(way, old)))

/** Whether there is a way in that was not there before. */
export const letsIn = (before: Alternative[], after: Alternative[]): boolean =>
  !after.every((way) => before.some((old) => within(old, way)))

export const printAlternatives = (alternatives: Alternative[]): string =>
  alternatives.map((way) => [...way].join(' + ') || 'nothing').join(' or ')
