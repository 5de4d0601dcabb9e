import type { Json } from '@cekura-kit/spec'
import { expandedText, field, isNode, mapOf, namesOf, type Node } from '../document/node.ts'
import { isDocumentation } from '../document/schema-view.ts'
import { describeValue } from './describe.ts'
import { createEdit, documentationChanged, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

/** Compares one field; either side may be missing. */
export type CompareField = (before: Json | undefined, after: Json | undefined) => Edit[]

const documentation = new Set(['summary', 'tags', 'termsOfService', 'contact', 'license'])

/**
 * Compares every field of an OpenAPI object. Documentation becomes one edit, and a field that
 * nothing here knows is an edit that no rule calls safe.
 */
export function compareFields(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  fields: { [name: string]: CompareField },
): Edit[] {
  const [old, next] = schemas.documents
  const edits: Edit[] = []
  let documented = false
  for (const name of namesOf(mapOf(before), mapOf(after))) {
    const [from, to] = [field(before, name), field(after, name)]
    const compare = field(fields as never, name) as unknown as CompareField | undefined
    if (compare) {
      for (const edit of compare(from, to)) edits.push(edit)
    } else if (expandedText(old, emptied(from)) === expandedText(next, emptied(to))) continue
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
const emptied = (value: Json | undefined): Json | undefined =>
  (isNode(value) && Object.keys(value as Node).length === 0) ||
  (Array.isArray(value) && value.length === 0)
    ? undefined
    : value

/** Compares a field that is true or not: what turning it on and off is called. */
export const toggle =
  (on: string, off: string): CompareField =>
  (before, after) =>
    (before === true) === (after === true) ? [] : [createEdit(after === true ? on : off, '')]

export const compareDeprecated = toggle('deprecated', 'deprecation-withdrawn')

/** A field that has its own comparison elsewhere. */
export const elsewhere: CompareField = () => []
