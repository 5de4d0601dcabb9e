import { createHash } from 'node:crypto'
import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isDocumentation, modernSchema, nullableAsUnion } from './modern-schema.ts'
import { canonicalText, expand, follow, isNode, listOf, mapOf, memoize, type Node } from './node.ts'

/** Keywords with a schema or a list of schemas, and those with schemas by name. */
const holders = new Set([
  'not',
  'if',
  'then',
  'else',
  'contains',
  'items',
  'prefixItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
])
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas'])

/** References of one schema that are written out; more could be any number. */
const maxReferences = 1_000

const digestComponents = memoize((document: SpecDocument): string =>
  createHash('sha256').update(canonicalText(document['components'])).digest('hex'),
)

/**
 * A schema without documentation and spellings, with references written out; cycles end. Equal
 * ones accept the same values.
 *
 * @param docs takes the documentation
 */
export function meaningOf(document: SpecDocument, schema: Json, docs: string[]): Json {
  let references = 0
  const visit = (part: Json, inside: readonly string[]): Json => {
    if (Array.isArray(part)) return part.map((child) => visit(child, inside))
    if (!isNode(part)) return part
    const { $ref, ...own } = nullableAsUnion(part) ?? part
    const inner = (child: Json): Json => visit(child, inside)
    const meaning: Node = {}
    for (const [name, value] of Object.entries(modernSchema(own))) {
      if (isDocumentation(name)) docs.push(`${name}:${canonicalText(value)}`)
      else if (holders.has(name)) meaning[name] = inner(value)
      else if (maps.has(name))
        meaning[name] = Object.fromEntries(
          [...mapOf(value)].map(([key, child]) => [key, inner(child)]),
        )
      // The order of names and values does not matter.
      else if (name === 'required' || name === 'enum')
        meaning[name] = listOf(value).toSorted((a, b) =>
          canonicalText(a) < canonicalText(b) ? -1 : 1,
        )
      else meaning[name] = expand(document, value)
    }
    if (typeof $ref !== 'string') return meaning
    const { value, reference = $ref } = follow(document, { $ref })
    const target = (): Json => {
      if (inside.includes(reference)) return reference
      references += 1
      // Every component counts where they are too many.
      if (references > maxReferences) return `${reference} of ${digestComponents(document)}`
      return visit(value!, [...inside, reference])
    }
    return Object.keys(meaning).length === 0 ? target() : { ...meaning, $ref: target() }
  }
  return visit(schema, [])
}
