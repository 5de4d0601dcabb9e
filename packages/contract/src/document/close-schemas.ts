import type { Json, SpecDocument } from '@cekura-kit/spec'

/**
 * A copy of the document whose objects with named properties allow no others.
 *
 * The document itself stays open, because a new property must not break a consumer. A mock must not
 * send one.
 */
export function closeSchemas(document: SpecDocument): SpecDocument {
  return close(document) as SpecDocument
}

function close(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(close)
  const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, close(child)]))
  const isObjectSchema = copy['type'] === 'object' && typeof copy['properties'] === 'object'
  return isObjectSchema && copy['additionalProperties'] === undefined
    ? { ...copy, additionalProperties: false }
    : copy
}
