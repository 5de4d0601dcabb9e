import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'

type Node = { [key: string]: Json }

const hasProperties = (schema: Json): boolean => typeof (schema as Node)['properties'] === 'object'

/**
 * A copy of the document whose objects with named properties allow no others.
 *
 * The document itself stays open, because a new property must not break a consumer. A mock must not
 * send one.
 */
export function closeSchemas(document: SpecDocument): SpecDocument {
  const close = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(close)
    const copy = copyOf(value)
    const parts = Array.isArray(copy['allOf']) ? copy['allOf'] : []
    if (parts.some(hasProperties)) return { type: 'object', ...copy, unevaluatedProperties: false }
    return copy['type'] === 'object' && hasProperties(copy) && !('additionalProperties' in copy)
      ? { ...copy, additionalProperties: false }
      : copy
  }
  const copyOf = (node: Node): Node =>
    Object.fromEntries(
      Object.entries(node).map(([key, child]) => [
        key,
        // The parts of an object stay open, because the others add properties to them.
        key === 'allOf' && Array.isArray(child)
          ? child.map((part) => copyOf(resolveRef(document, part)))
          : close(child),
      ]),
    )
  return close(document) as SpecDocument
}
