import type { Json } from '@cekura-kit/spec'
import { canonicalText, field, mapOf, nodeAt, type Node } from '../document/node.ts'
import { shapingExtension, type SchemaView } from '../document/schema-view.ts'
import { compareContent, schemaOf } from './compare-content.ts'
import {
  compareDeprecated,
  compareFields,
  elsewhere,
  toggle,
  type CompareField,
} from './compare-fields.ts'
import { describeSchema, describeValue } from './describe.ts'
import { compareNamed } from './compare-named.ts'
import { createEdit, type Direction, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

export const isTrue = (node: Json | undefined, name: string): boolean => field(node, name) === true

/** Kinds of values that a parameter may have: a list or an object is serialized differently. */
function hasParts(view: SchemaView, look: (schema: Json[]) => SchemaView): boolean {
  if (view.types) return view.types.has('array') || view.types.has('object')
  const [union] = view.unions
  return !union || union.members.some((member) => hasParts(look([member]), look))
}

const styleOf = (parameter: Node): string =>
  String(
    parameter['style'] ??
      (parameter['in'] === 'query' || parameter['in'] === 'cookie' ? 'form' : 'simple'),
  )

/** How a value is written into the request. */
function serializationOf(parameter: Node, parts: boolean): string {
  if (field(parameter, 'content') !== undefined)
    return `as ${[...mapOf(parameter['content']).keys()].join()}`
  const style = styleOf(parameter)
  const explode = parameter['explode'] ?? style === 'form'
  return [style, ...(parts && explode === true ? ['exploded'] : [])].join(', ')
}

const takesDate = (view: SchemaView): boolean =>
  view.assertions.get('format')?.has('"date-time"') ?? false

/** Compares two parameters or headers of one name. */
export function compareParameter(
  schemas: SchemaComparison,
  before: Json,
  after: Json,
  direction: Direction,
): Edit[] {
  const [old, next] = schemas.nodesAt(before, after)
  const edit = (change: string, from = '', to = ''): Edit[] => [
    createEdit(`${direction}-${change}`, '', from, to),
  ]
  const [a, b] = [schemas.before(schemaOf(old['schema'])), schemas.after(schemaOf(next['schema']))]
  const parts = hasParts(a, schemas.before) || hasParts(b, schemas.after)
  const [from, to] = [serializationOf(old, parts), serializationOf(next, parts)]
  const flag = (on: string, off: string): CompareField =>
    toggle(`${direction}-${on}`, `${direction}-${off}`)
  return [
    ...(from === to ? [] : edit('serialization-changed', from, to)),
    // Client methods take a Date for such a parameter.
    ...(takesDate(a) && !takesDate(b) ? edit('parameter-takes-no-date') : []),
    ...compareFields(schemas, old, next, {
      name: elsewhere,
      in: elsewhere,
      style: elsewhere,
      explode: elsewhere,
      required: flag('became-required', 'became-optional'),
      deprecated: compareDeprecated,
      allowEmptyValue: flag('empty-value-accepted', 'empty-value-rejected'),
      allowReserved: flag('serialization-changed', 'serialization-changed'),
      [shapingExtension]: (x, y) =>
        canonicalText(x) === canonicalText(y)
          ? []
          : edit('comma-separated-changed', describeValue(x), describeValue(y)),
      // A parameter without a schema has no type, which is not the same as any type.
      schema: (x, y) =>
        x === undefined || y === undefined
          ? edit(x === undefined ? 'schema-added' : 'schema-removed')
          : schemas.compare([x], [y], direction),
      content: (x, y) => compareContent(schemas, x, y, direction),
    }),
  ]
}

/** Compares the parameters of an operation, or the headers of a response. */
export function compareParameters(
  schemas: SchemaComparison,
  old: ReadonlyMap<string, Json>,
  next: ReadonlyMap<string, Json>,
  direction: Direction,
  subject: 'parameter' | 'header',
): Edit[] {
  return compareNamed(old, next, {
    added: (value) => {
      const added = nodeAt(schemas.documents[1], value)
      // Client methods send no cookies: an operation with one has no method.
      const kind = added['in'] === 'cookie' ? 'cookie-parameter' : subject
      const required = isTrue(added, 'required') && direction === 'request' ? '-required' : ''
      const type = describeSchema(schemas.after(schemaOf(added['schema'])))
      return [createEdit(`${direction}-${kind}-added${required}`, '', '', type)]
    },
    removed: (value) => {
      const { schema } = nodeAt(schemas.documents[0], value)
      const type = describeSchema(schemas.before(schemaOf(schema)))
      return [createEdit(`${direction}-${subject}-removed`, '', type)]
    },
    both: (before, after) => compareParameter(schemas, before, after, direction),
  })
}
