import type { Json } from '@cekura-kit/spec'
import { createEdit, isNode, type Change, type Edit } from './edit.ts'
import type { Place } from './places.ts'

const types = ['string', 'integer', 'number', 'boolean', 'array', 'object']

/** Replaces, widens, narrows and removes the type of a schema, and allows null. */
function* typeEdits({ path, node }: Place): Generator<Edit> {
  const at = [...path, 'type']
  const set = (verb: string, members: readonly string[], ...more: Change[]): Edit =>
    createEdit(
      `schema.type.${verb}`,
      { do: 'set', path: at, value: members.length === 1 ? members[0]! : [...members] },
      ...more,
    )
  const before = [node['type'] ?? []].flat().map(String)
  const others = types.filter((type) => !before.includes(type))
  const first = before.find((type) => type !== 'null')
  if (first === undefined) {
    for (const type of others) yield set('add', [type])
    return
  }
  yield createEdit('schema.type.remove', { do: 'remove', path: at })
  for (const type of others) {
    yield set(
      'change',
      before.map((old) => (old === first ? type : old)),
    )
    // Every integer is a number.
    if (type !== 'integer' || first !== 'number') yield set('widen', [...before, type])
  }
  if (before.length > 1)
    for (const type of before)
      yield set(
        'narrow',
        before.filter((old) => old !== type),
      )
  if (before.includes('null')) return
  const words = node['enum']
  const nullWord: Change[] = Array.isArray(words)
    ? [{ do: 'set', path: [...path, 'enum'], value: [...words, null] }]
    : []
  yield set('allowNull', [...before, 'null'], ...nullWord)
}

/** Opens either end of a pattern, changes how often it repeats, and makes it match nothing or fail. */
function* patternEdits({ path, node }: Place): Generator<Edit> {
  const before = node['pattern']
  if (typeof before !== 'string') return
  const others = [
    '^never$',
    '[',
    before.replace(/^\^/, ''),
    before.replace(/\$$/, ''),
    before.replace(/\{(\d+),\}/, '{$1}'),
    before.replace(/\{(\d+),\}/, (_, count) => `{${Number(count) - 1},}`),
    before.replace('[0-5]', '[0-9]'),
  ]
  for (const value of new Set(others))
    if (value !== before)
      yield createEdit('schema.pattern.change', { do: 'set', path: [...path, 'pattern'], value })
}

/** Adds, removes and renames properties, and makes each required or optional. */
function* propertyEdits({ path, node }: Place): Generator<Edit> {
  const { properties, required: listed } = node
  if (!isNode(properties)) return
  const required = Array.isArray(listed) ? listed : []
  const require = (names: Json[]): Change[] =>
    JSON.stringify(names) === JSON.stringify(required)
      ? []
      : [{ do: 'set', path: [...path, 'required'], value: names }]
  for (const name of Object.keys(properties)) {
    const at = [...path, 'properties', name]
    const to = `${name}_renamed`
    const others = required.filter((other) => other !== name)
    const renamed = required.map((other) => (other === name ? to : other))
    yield createEdit('schema.properties.remove', { do: 'remove', path: at }, ...require(others))
    yield createEdit(
      'schema.properties.rename',
      { do: 'rename', path: at, to },
      ...require(renamed),
    )
    if (!required.includes(name))
      yield createEdit('schema.required.change', ...require([...required, name]))
  }
  const add = {
    do: 'set',
    path: [...path, 'properties', 'added'],
    value: { type: 'string' },
  } as const
  yield createEdit('schema.properties.add', add)
  yield createEdit('schema.properties.addRequired', add, ...require([...required, 'added']))
}

/** Edits of a schema that need to know what the keyword means. */
export function* schemaEdits(place: Place): Generator<Edit> {
  yield* typeEdits(place)
  yield* patternEdits(place)
  yield* propertyEdits(place)
}
