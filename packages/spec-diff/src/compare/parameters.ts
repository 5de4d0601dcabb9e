import type { Json } from '@cekura-kit/spec'
import { canonicalText, field, mapOf, nodeAt, type Node } from '../document/node.ts'
import { shapingExtension } from '../document/modern-schema.ts'
import type { SchemaView } from '../document/schema-view.ts'
import { compareContent, schemaOf } from './content.ts'
import { describeSchema, describeValue } from './describe.ts'
import { createEdit, type Direction, type Edit } from './edit.ts'
import { compareDeprecated, compareNamed, elsewhere, flag, object, type Compare } from './fields.ts'
import type { SchemaComparison } from './pair.ts'

/** How a value is written into the request. */
function serializationOf(parameter: Node): string {
  if (field(parameter, 'content') !== undefined)
    return `as ${[...mapOf(parameter['content']).keys()].join()}`
  const isForm = parameter['in'] === 'query' || parameter['in'] === 'cookie'
  const style = String(parameter['style'] ?? (isForm ? 'form' : 'simple'))
  const explode = parameter['explode'] ?? style === 'form'
  return explode === true ? `${style}, exploded` : style
}

const takesDate = (view: SchemaView): boolean =>
  view.assertions.get('format')?.has('"date-time"') ?? false

const compareFields = object({
  name: elsewhere,
  in: elsewhere,
  style: elsewhere,
  explode: elsewhere,
  required: flag('became-required', 'became-optional'),
  deprecated: (_, a, b) => compareDeprecated(a, b),
  allowEmptyValue: flag('empty-value-accepted', 'empty-value-rejected'),
  allowReserved: flag('serialization-changed', 'serialization-changed'),
  [shapingExtension]: (_, a, b, direction) =>
    canonicalText(a) === canonicalText(b)
      ? []
      : [
          createEdit(
            `${direction}-comma-separated-changed`,
            '',
            describeValue(a),
            describeValue(b),
          ),
        ],
  // A parameter without a schema has no type, which is not the same as any type.
  schema: (schemas, a, b, direction) =>
    a === undefined || b === undefined
      ? [createEdit(`${direction}-schema-${a === undefined ? 'added' : 'removed'}`, '')]
      : schemas.compare([a], [b], direction),
  content: compareContent,
})

/** Compares two parameters or headers of one name. */
export const compareParameter: Compare = (schemas, before, after, direction) => {
  const [old, next] = schemas.nodesAt(before, after)
  const [a, b] = [schemas.before(schemaOf(old['schema'])), schemas.after(schemaOf(next['schema']))]
  const [from, to] = [serializationOf(old), serializationOf(next)]
  const edits = compareFields(schemas, old, next, direction)
  if (from !== to) edits.push(createEdit(`${direction}-serialization-changed`, '', from, to))
  // Client methods take a Date for such a parameter.
  if (takesDate(a) && !takesDate(b))
    edits.push(createEdit(`${direction}-parameter-takes-no-date`, ''))
  return edits
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
      const required = added['required'] === true && direction === 'request' ? '-required' : ''
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
