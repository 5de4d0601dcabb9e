import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'

/** A JSON object. */
export type Node = { [key: string]: Json }

export const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const nodesIn = (value: Json | undefined): Node[] =>
  Array.isArray(value) ? value.filter(isNode) : []

const upper = new Set(['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'])
const lower = new Set(['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'])

/**
 * Reads schemas of one document in one spelling: references followed, `allOf` merged, the
 * older `nullable` and boolean exclusive bounds written the newer way.
 */
export function createSchemaView(document: SpecDocument): (schema: Json | undefined) => Node {
  const known = new WeakMap<Node, Node>()

  function view(schema: Json | undefined): Node {
    if (!isNode(schema)) return schema === false ? { not: {} } : {}
    const ready = known.get(schema)
    if (ready) return ready
    const { $ref, allOf, ...own } = schema
    // Registered first: a schema may contain itself.
    const merged: Node = {}
    known.set(schema, merged)
    const parts = [
      ...(typeof $ref === 'string' ? [view(resolveRef(document, { $ref }))] : []),
      ...(Array.isArray(allOf) ? allOf.map(view) : []),
      modern(own),
    ]
    for (const part of parts) merge(merged, part)
    return merged
  }

  return view
}

function modern(schema: Node): Node {
  const { nullable, ...node } = schema
  if (nullable === true && node['type'] !== undefined)
    node['type'] = [...new Set([node['type'], 'null'].flat())]
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof node[flag] !== 'boolean') continue
    if (node[flag] && node[bound] !== undefined) {
      node[flag] = node[bound]
      delete node[bound]
    } else delete node[flag]
  }
  return node
}

/** Both sets of rules hold: the stricter bound wins, properties and `required` add up. */
function merge(into: Node, part: Node): void {
  for (const [key, value] of Object.entries(part)) {
    const present = into[key]
    if (present === undefined) into[key] = value
    else if (key === 'properties' && isNode(present) && isNode(value)) {
      const properties: Node = { ...present }
      for (const [name, schema] of Object.entries(value))
        properties[name] =
          properties[name] === undefined || properties[name] === schema
            ? schema
            : { allOf: [properties[name], schema] }
      into[key] = properties
    } else if (key === 'required' && Array.isArray(present) && Array.isArray(value))
      into[key] = [...new Set([...present, ...value])]
    else if (upper.has(key)) into[key] = Math.min(Number(present), Number(value))
    else if (lower.has(key)) into[key] = Math.max(Number(present), Number(value))
    else into[key] = value
  }
}

/** The types a schema names, `null` left out; empty when it names none. */
export function typesOf(schema: Node): string[] {
  return [schema['type'] ?? []]
    .flat()
    .filter((name) => typeof name === 'string' && name !== 'null') as string[]
}
