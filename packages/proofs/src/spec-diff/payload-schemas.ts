import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import type { Located } from '@cekura-kit/spec-diff/testing'

/** What consumers write to an operation, and what they read from it. */
export interface Payloads {
  written: Map<string, Located>
  read: Map<string, Located>
}

type Node = { [key: string]: Json }

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Keywords of what is read that no TypeScript code depends on. */
const bounds = new Set(
  (
    'minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems ' +
    'minProperties maxProperties multipleOf uniqueItems pattern'
  ).split(' '),
)
/** Maps of names: a key in them is no keyword. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', 'schemas', '$defs'])
/** Keywords below which more and less change their meaning: they stay as they are. */
const exact = new Set(['not', 'if', 'then', 'else', 'contains', 'oneOf', 'enum', 'const'])

function rewrite(value: Json, replace: (schema: Node) => Json, isMap = false): Json {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, replace))
  if (!isNode(value)) return value
  const entries = Object.entries(value).map(([key, child]): [string, Json] => [
    key,
    !isMap && exact.has(key) ? child : rewrite(child, replace, !isMap && maps.has(key)),
  ])
  const copy = Object.fromEntries(entries) as Node
  return isMap ? copy : replace(copy)
}

/** Types are an object where a schema has properties. */
const withType = (schema: Node): Node =>
  isNode(schema['properties']) && schema['type'] === undefined
    ? { type: 'object', ...schema }
    : schema

/** The API ignores what a consumer writes to a `readOnly` property. */
const forWriting = (document: SpecDocument): SpecDocument =>
  rewrite(document, (schema) =>
    schema['readOnly'] === true ? {} : withType(schema),
  ) as SpecDocument

/** The bounds, and the ban of other properties, are nothing that readers depend on. */
const forReading = (document: SpecDocument): SpecDocument =>
  rewrite(
    document,
    (schema) =>
      Object.fromEntries(
        Object.entries(withType(schema)).filter(
          ([key, value]) =>
            !bounds.has(key) && !(key === 'additionalProperties' && value === false),
        ),
      ) as Node,
  ) as SpecDocument

function* mediaOf(document: SpecDocument, value: Json | undefined): Generator<[string, Json]> {
  for (const [name, media] of Object.entries(
    resolveRef(document, resolveRef(document, value)['content']),
  ))
    yield [name, resolveRef(document, media)['schema'] ?? true]
}

/** The schemas of every parameter, body and response of a document, by place. */
export function listPayloads(document: SpecDocument): Payloads {
  const [writing, reading] = [forWriting(document), forReading(document)]
  const payloads: Payloads = { written: new Map(), read: new Map() }
  const paths = resolveRef(document, document['paths'])
  for (const path of Object.keys(paths))
    for (const method of ['get', 'put', 'post', 'delete', 'patch']) {
      const at = `${method} ${path}`
      const operation = (from: SpecDocument): Node =>
        resolveRef(from, resolveRef(from, resolveRef(from, from['paths'])[path])[method])
      const own = operation(writing)
      for (const value of Array.isArray(own['parameters']) ? own['parameters'] : []) {
        const { in: place, name, schema = true } = resolveRef(writing, value)
        payloads.written.set(`${at} ${String(place)} ${String(name)}`, {
          schema,
          document: writing,
        })
      }
      for (const [name, schema] of mediaOf(writing, own['requestBody']))
        payloads.written.set(`${at} body ${name}`, { schema, document: writing })
      for (const [status, response] of Object.entries(
        resolveRef(reading, operation(reading)['responses']),
      ))
        for (const [name, schema] of mediaOf(reading, response))
          payloads.read.set(`${at} ${status} ${name}`, { schema, document: reading })
    }
  return payloads
}
