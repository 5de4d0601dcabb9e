import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'

type Node = { [key: string]: Json }

const isObjectSchema = (schema: Node): boolean =>
  schema['type'] === 'object' && typeof schema['properties'] === 'object'

/**
 * A copy of the document whose objects with named properties allow no others. What an `allOf`
 * refers to stays open, because the other parts add properties to it.
 *
 * The document itself stays open, because a new property must not break a consumer. A mock must not
 * send one.
 */
export function closeSchemas(document: SpecDocument): SpecDocument {
  const parts = new Set<Json>()
  collectParts(document, document, parts)

  const close = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(close)
    const copy: Node = Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, close(child)]),
    )
    const { allOf } = value as Node
    if (parts.has(value)) return copy
    if (Array.isArray(allOf) && allOf.every((part) => isObjectSchema(resolveRef(document, part))))
      return { type: 'object', ...copy, unevaluatedProperties: false }
    return isObjectSchema(copy) && copy['additionalProperties'] === undefined
      ? { ...copy, additionalProperties: false }
      : copy
  }
  return close(document) as SpecDocument
}

/** Collects the members of every `allOf`, and the components that they refer to. */
function collectParts(document: SpecDocument, value: Json, parts: Set<Json>): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) && Array.isArray(value['allOf']))
    for (const part of value['allOf']) parts.add(part).add(resolveRef(document, part))
  for (const child of Object.values(value)) collectParts(document, child, parts)
}
