import type { Json, SpecDocument } from '@cekura-kit/spec'
import { mapOf, namesOf, nodeAt } from '../document/node.ts'
import { nameOf, operationsOf, type FoundOperation } from '../document/operations.ts'
import { compareComponents } from './compare-components.ts'
import { compareFields, elsewhere } from './compare-fields.ts'
import {
  compareOperations,
  compareServers,
  comparePathItems,
  pathItemFields,
} from './compare-operations.ts'
import { compareSchemasOf } from './compare-schemas.ts'
import { createEdit, documentationChanged, within, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

/** A difference between two documents, at the first place that shows it. */
export interface Finding {
  kind: string
  /** Where in the API: `GET /items/ 200 body.results[].level`, `schemas Item.level`. */
  location: string
  /** Upper case; empty outside operations, as the next two. */
  method: string
  path: string
  operationId: string
  before: string
  after: string
  /** Further places that show the same edit of a shared component. */
  alsoAt: string[]
}

interface Place {
  method: string
  path: string
  operationId: string
}

/** Dialects in which the keywords that are compared mean the same. */
const dialects = new Set([
  'undefined',
  'null',
  'https://json-schema.org/draft/2020-12/schema',
  'https://spec.openapis.org/oas/3.1/dialect/base',
])

const nowhere: Place = { method: '', path: '', operationId: '' }

/** Collects edits; one that was found before gets another place. */
function createFindings() {
  const byOrigin = new Map<object, Finding>()
  return {
    list: (): Finding[] => [...byOrigin.values()],
    isKnown: ({ origin }: Edit): boolean => byOrigin.has(origin),
    add(place: Place, edits: readonly Edit[]): void {
      for (const { kind, path, before, after, origin } of edits) {
        const location = `${[place.method, place.path].join(' ')}${path}`.trim() || 'document'
        const known = byOrigin.get(origin)
        if (!known) byOrigin.set(origin, { kind, location, ...place, before, after, alsoAt: [] })
        else if (known.location !== location) known.alsoAt.push(location)
      }
    },
  }
}

/** Everything that differs between two documents, each difference once. */
export function compareDocuments(before: SpecDocument, after: SpecDocument): Finding[] {
  const schemas = compareSchemasOf(before, after)
  const findings = createFindings()
  comparePaths(schemas, findings.add)
  const rest = compareFields(schemas, before, after, {
    openapi: elsewhere,
    jsonSchemaDialect: (a, b) =>
      dialects.has(String(a)) && dialects.has(String(b))
        ? []
        : compareFields(schemas, { dialect: a ?? null }, { dialect: b ?? null }, {}),
    paths: elsewhere,
    security: elsewhere,
    components: elsewhere,
    info: (a, b) => compareFields(schemas, a, b, { version: elsewhere }),
    servers: compareServers,
    webhooks: (a, b) =>
      within('webhook', comparePathItems(schemas, mapOf(a), mapOf(b), 'response')),
  })
  findings.add(nowhere, rest)
  // A use shows an edit better than the component does.
  const components = compareComponents(schemas, before['components'], after['components'])
  const { isKnown } = findings
  findings.add(
    nowhere,
    components.filter((edit) => !isKnown(edit)),
  )
  return findings.list().map((finding) => ({ ...finding, location: finding.location.trim() }))
}

function comparePaths(
  schemas: SchemaComparison,
  add: (place: Place, edits: readonly Edit[]) => void,
): void {
  const [old, next] = schemas.documents.map((document) =>
    mapOf(nodeAt(document, document['paths'])),
  ) as [Map<string, Json>, Map<string, Json>]
  for (const path of namesOf(old, next)) {
    if (path.startsWith('x-')) {
      if (JSON.stringify(old.get(path)) !== JSON.stringify(next.get(path)))
        add(nowhere, [createEdit(documentationChanged, path)])
      continue
    }
    const [a, b] = [old.get(path), next.get(path)]
    const before = operationsOf(schemas.documents[0], path, a)
    const after = operationsOf(schemas.documents[1], path, b)
    const here = { ...nowhere, path }
    if (a === undefined && after.size === 0) add(here, [createEdit('path-added', '')])
    if (b === undefined && before.size === 0) add(here, [createEdit('path-removed', '')])
    if (a !== undefined && b !== undefined)
      add(here, compareFields(schemas, ...schemas.nodesAt(a, b), pathItemFields))
    for (const method of namesOf(before, after)) {
      const [from, to] = [before.get(method), after.get(method)]
      const place = placeOf((to ?? from)!)
      if (!from) add(place, [createEdit('operation-added', '', '', place.operationId)])
      else if (!to) add(place, [createEdit('operation-removed', '', place.operationId)])
      else add(place, compareOperations(schemas, from, to))
    }
  }
}

const placeOf = ({ method, path, operation }: FoundOperation): Place => ({
  method,
  path,
  operationId: nameOf(operation),
})
