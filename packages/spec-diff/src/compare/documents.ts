import type { Json, SpecDocument } from '@cekura-kit/spec'
import { escapeName, mapOf } from '../document/node.ts'
import { nameOf } from '../document/operations.ts'
import { compareResponse } from './responses.ts'
import { describeValue } from './describe.ts'
import { createEdit, within, type Edit } from './edit.ts'
import { compareNamed, elsewhere, object, type Compare } from './fields.ts'
import {
  compareBody,
  comparePathItems,
  compareServed,
  compareServers,
  type Place,
} from './operations.ts'
import { compareParameter } from './parameters.ts'
import type { SchemaComparison } from './pair.ts'
import { compareSchemasOf } from './schemas.ts'

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

/** Dialects in which the keywords that are compared mean the same. */
const dialects = new Set<Json | undefined>([
  undefined,
  null,
  'https://json-schema.org/draft/2020-12/schema',
  'https://spec.openapis.org/oas/3.1/dialect/base',
])

type CompareMember = (schemas: SchemaComparison, before: Json, after: Json, name: string) => Edit[]

const section =
  (title: string, compareMember: CompareMember): Compare =>
  (schemas, before, after) =>
    compareNamed(mapOf(before), mapOf(after), {
      at: (name) => ` ${title} ${name}`,
      added: 'component-added',
      removed: 'component-removed',
      both: (a, b, name) => compareMember(schemas, a, b, name),
    })

/** Components whose names generated types export. Others are compared where they are used. */
const compareComponents = object({
  schemas: section('schemas', (schemas, _before, _after, name) => {
    const directions = schemas.met.get(name) ?? (['request', 'response'] as const)
    const reference = (): Json[] => [{ $ref: `#/components/schemas/${escapeName(name)}` }]
    return [...directions].flatMap((direction) =>
      schemas.compareAll(reference(), reference(), direction),
    )
  }),
  parameters: section('parameters', (schemas, a, b) => compareParameter(schemas, a, b, 'request')),
  headers: section('headers', (schemas, a, b) => compareParameter(schemas, a, b, 'response')),
  responses: section('responses', (schemas, a, b) => compareResponse(schemas, a, b, 'response')),
  requestBodies: section('requestBodies', (schemas, a, b) => compareBody(schemas, a, b, 'request')),
  pathItems: section('pathItems', (schemas, a, b, name) =>
    compareServed(schemas, { [name]: a }, { [name]: b }, 'request'),
  ),
  securitySchemes: elsewhere,
  callbacks: elsewhere,
  links: elsewhere,
})

const compareRoot = object({
  openapi: elsewhere,
  jsonSchemaDialect: (_, a, b) =>
    a === b || (dialects.has(a) && dialects.has(b))
      ? []
      : [
          createEdit(
            'unknown-field-changed',
            ' jsonSchemaDialect',
            describeValue(a),
            describeValue(b),
          ),
        ],
  paths: elsewhere,
  security: elsewhere,
  components: elsewhere,
  info: object({ version: elsewhere }),
  servers: compareServers,
  webhooks: (schemas, a, b) => within('webhook', compareServed(schemas, a, b, 'response')),
})

/** Everything that differs between two documents, each difference once. */
export function compareDocuments(before: SpecDocument, after: SpecDocument): Finding[] {
  const schemas = compareSchemasOf(before, after)
  const byOrigin = new Map<object, Finding>()
  const add = (place: Place | undefined, edits: readonly Edit[]): void => {
    const { path = '', found } = place ?? {}
    const method = found?.method ?? ''
    const operationId = nameOf(found?.operation['operationId'])
    for (const { path: below, kind, before, after, origin } of edits) {
      const location = `${method} ${path}${below}`.trim() || 'document'
      const known = byOrigin.get(origin)
      if (!known)
        byOrigin.set(origin, {
          kind,
          location,
          method,
          path,
          operationId,
          before,
          after,
          alsoAt: [],
        })
      else if (known.location !== location) known.alsoAt.push(location)
    }
  }
  comparePathItems(schemas, before['paths'], after['paths'], 'request', ['path', 'operation'], add)
  add(undefined, compareRoot(schemas, before, after, 'request'))
  const components = compareComponents(
    schemas,
    before['components'],
    after['components'],
    'request',
  )
  // A use shows an edit better than the component does.
  const used = new Set(byOrigin.keys())
  add(
    undefined,
    components.filter(({ origin }) => !used.has(origin)),
  )
  return [...byOrigin.values()]
}
