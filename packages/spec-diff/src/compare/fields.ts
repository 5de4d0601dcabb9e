import type { Json } from '@cekura-kit/spec'
import { canonicalText, expand, field, mapOf, namesOf } from '../document/node.ts'
import { isDocumentation } from '../document/modern-schema.ts'
import { describeValue } from './describe.ts'
import { createEdit, documentationChanged, within, type Direction, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

/** Compares what two documents have in one place; either side may be missing or a reference. */
export type Compare = (
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
) => Edit[]

const documentation = new Set(['summary', 'tags', 'termsOfService', 'contact', 'license'])

/**
 * Compares every field of an OpenAPI object. Documentation becomes one edit, and a field that is
 * not in the table is an edit that no rule calls safe.
 */
export const object =
  (fields: { [name: string]: Compare }): Compare =>
  (schemas, before, after, direction) => {
    const known = new Map(Object.entries(fields))
    const [old, next] = schemas.nodesAt(before, after)
    const edits: Edit[] = []
    let documented = false
    for (const name of namesOf(mapOf(old), mapOf(next))) {
      const [from, to] = [field(old, name), field(next, name)]
      const compare = known.get(name)
      // A large document has more edits than a call has arguments.
      if (compare) for (const edit of compare(schemas, from, to, direction)) edits.push(edit)
      else if (isSame(schemas, from, to)) continue
      else if (documentation.has(name) || isDocumentation(name)) documented = true
      else
        edits.push(
          createEdit('unknown-field-changed', ` ${name}`, describeValue(from), describeValue(to)),
        )
    }
    if (documented) edits.push(createEdit(documentationChanged, ''))
    return edits
  }

/** An empty container is the same as none. */
const emptied = (value: Json = null): Json =>
  typeof value === 'object' && Object.keys(value ?? {}).length === 0 ? null : value

const isSame = (
  { documents }: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
): boolean =>
  canonicalText(expand(documents[0], emptied(before))) ===
  canonicalText(expand(documents[1], emptied(after)))

/** Compares a field that is true or not: what turning it on and off is called. */
export const flag =
  (on: string, off: string): Compare =>
  (_schemas, before, after, direction) =>
    (before === true) === (after === true)
      ? []
      : [createEdit(`${direction}-${after === true ? on : off}`, '')]

export const compareDeprecated = (before: Json | undefined, after: Json | undefined): Edit[] =>
  (before === true) === (after === true)
    ? []
    : [createEdit(after === true ? 'deprecated' : 'deprecation-withdrawn', '')]

/** A field that has its own comparison elsewhere. */
export const elsewhere: Compare = () => []

/** Edits for a member that only one side has: their kind, or what makes them. */
type OneSided = string | ((value: Json, name: string) => Edit[])

interface NamedComparison {
  /** Where a member is, below what has it. */
  at?(name: string): string
  added: OneSided
  removed: OneSided
  both(before: Json, after: Json, name: string): Edit[]
}

const editsOf = (make: OneSided, value: Json, name: string): Edit[] =>
  typeof make === 'string' ? [createEdit(make, '')] : make(value, name)

/** Compares the members of two objects by name. */
export function compareNamed(
  old: ReadonlyMap<string, Json>,
  next: ReadonlyMap<string, Json>,
  { at = (name) => ` ${name}`, added, removed, both }: NamedComparison,
): Edit[] {
  return [...namesOf(old, next)].flatMap((name) => {
    const [before, after] = [old.get(name), next.get(name)]
    if (before === undefined) return within(at(name), editsOf(added, after!, name))
    if (after === undefined) return within(at(name), editsOf(removed, before, name))
    return within(at(name), both(before, after, name))
  })
}
