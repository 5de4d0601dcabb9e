import type { Json } from '@cekura-kit/spec'
import { canonicalText, isNode, listOf, mapOf, memoize, type Node } from './node.ts'

const documentation = new Set([
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  '$comment',
])

/** An extension that shapes generated code and is therefore no documentation. */
export const shapingExtension = 'x-comma-separated'

export const isDocumentation = (name: string): boolean =>
  documentation.has(name) || (name.startsWith('x-') && name !== shapingExtension)

/** Keywords that say nothing at these values. */
const defaults = new Map<string, Json>([
  ['deprecated', false],
  ['readOnly', false],
  ['writeOnly', false],
  ['uniqueItems', false],
  ['nullable', false],
  ['minLength', 0],
  ['minItems', 0],
  ['minProperties', 0],
  ['exclusiveMinimum', false],
  ['exclusiveMaximum', false],
])
/** Patterns that every string matches. */
const anyString = new Set(['', '^', '$', '.*', '^.*', '.*$'])

const typeOfValue = (value: Json): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

function typesOf(schema: Node): string[] | undefined {
  const written = [schema['type'] ?? []].flat().map(String)
  if (written.length > 0) return schema['nullable'] === true ? [...written, 'null'] : written
  // What a value may be is clear without the keyword, to generators and validators.
  const values = 'const' in schema ? [schema['const']!] : listOf(schema['enum'])
  if (values.length > 0) return [...new Set(values.map(typeOfValue))]
  if (mapOf(schema['properties']).size > 0)
    return schema['nullable'] === true ? ['object', 'null'] : ['object']
  return undefined
}

type End = 'minimum' | 'maximum'
const exclusives = { minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' } as const
const rewritten = new Set([
  'type',
  'nullable',
  'const',
  'enum',
  ...Object.entries(exclusives).flat(),
])

/** A limit and whether it is excluded: 3.0 says so with a boolean, 3.1 with a keyword. */
function limitOf(schema: Node, end: End, integers: boolean): Json | undefined {
  const [plain, exclusive] = [schema[end], schema[exclusives[end]]]
  const lower = end === 'minimum'
  const found: { at: number; open: boolean }[] = []
  if (typeof plain === 'number') found.push({ at: plain, open: exclusive === true })
  if (typeof exclusive === 'number') found.push({ at: exclusive, open: true })
  const closed = found.map(({ at, open }) => {
    if (!integers) return { at, open }
    const whole = lower ? Math.ceil(at) : Math.floor(at)
    return { at: open && whole === at ? at + (lower ? 1 : -1) : whole, open: false }
  })
  const [tightest] = closed.toSorted(
    (a, b) => (lower ? b.at - a.at : a.at - b.at) || Number(b.open) - Number(a.open),
  )
  return tightest && { at: tightest.at, open: tightest.open }
}

const implied = new WeakSet<Node>()

/** Whether the type of a modern schema is not written but follows from its properties. */
export const hasImpliedType = (modern: Node): boolean => implied.has(modern)

/**
 * One spelling of a schema object: that of OpenAPI 3.1 with `type` a sorted list, `const` as an
 * `enum` of one value, and limits as `{ at, open }`. What says nothing is left out.
 */
export const modernSchema = memoize((schema: Node): Node => {
  const types = typesOf(schema)
  const integers = types?.every((type) => type === 'integer' || type === 'null') ?? false
  const entries = Object.entries(schema).filter(
    ([name, value]) =>
      !rewritten.has(name) &&
      !(defaults.has(name) && defaults.get(name) === value) &&
      !(name === 'pattern' && anyString.has(String(value))) &&
      !(name === 'format' && value === 'byte') &&
      !((name === 'required' || name === 'properties') && canonicalText(value).length === 2),
  )
  const modern = Object.fromEntries(entries) as Node
  if (types)
    modern['type'] = [...new Set(types)]
      .filter((type) => !(type === 'integer' && types.includes('number')))
      .toSorted()
  const values = 'const' in schema ? [schema['const']!] : schema['enum']
  if (Array.isArray(values))
    modern['enum'] =
      schema['nullable'] === true && !values.includes(null) ? [...values, null] : values
  if (schema['format'] === 'byte') modern['contentEncoding'] = 'base64'
  for (const end of ['minimum', 'maximum'] as const) {
    const limit = limitOf(schema, end, integers)
    if (limit !== undefined) modern[end] = limit
  }
  if (schema['type'] === undefined && 'properties' in modern && !values) implied.add(modern)
  return modern
})

const alwaysOpaque = ['not', 'anyOf', 'oneOf', 'if', 'then', 'else']

/** The same schema that accepts null too; undefined where no keyword could say so. */
export const withNull = memoize((modern: Node): Node | undefined => {
  const { type: types, enum: values } = modern
  if (alwaysOpaque.some((name) => name in modern)) return undefined
  // Without a type every value is accepted, null too.
  if (!Array.isArray(types)) return modern
  return {
    ...modern,
    type: [...new Set([...types, 'null'])].toSorted(),
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  }
})

/** Keywords next to `type: null` that cannot exclude null. */
const harmless = new Set(['type', 'title', 'description', 'nullable'])

/** Whether a schema accepts null and nothing else, as far as it is plain to see. */
export const isNull = (schema: Json): boolean =>
  isNode(schema) &&
  canonicalText(modernSchema(schema)['type']) === '["null"]' &&
  Object.entries(schema).every(
    ([name, value]) => harmless.has(name) || canonicalText(value) === '[null]' || value === null,
  )

/** A schema object without some of its keywords, the same object each time. */
export const without = (...names: string[]): ((schema: Node) => Node) =>
  memoize((schema) =>
    Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name))),
  )
const withoutNullable = without('nullable')

/** `nullable` next to no type, as alternatives; undefined for every other schema object. */
export const nullableAsUnion = memoize((schema: Node): Node | undefined => {
  if (schema['nullable'] !== true || 'type' in schema || 'properties' in schema) return undefined
  const rest = withoutNullable(schema)
  const names = Object.keys(rest).filter((name) => !isDocumentation(name))
  if (names.length === 1 && (names[0] === 'anyOf' || names[0] === 'oneOf'))
    return { ...rest, [names[0]]: [...listOf(rest[names[0]]), { type: 'null' }] }
  return { anyOf: [rest, { type: 'null' }] }
})
