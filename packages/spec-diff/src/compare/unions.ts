import type { Json } from '@cekura-kit/spec'
import type { SchemaView, Union } from '../document/schema-view.ts'
import type { Pair } from './pair.ts'
import { describeSchema } from './describe.ts'
import { changesMeaning, documentationChanged, type Edit } from './edit.ts'

interface Member {
  schema: Json
  view: SchemaView
}

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].some(
    (type) =>
      b.has(type) ||
      (type === 'integer' && b.has('number')) ||
      (type === 'number' && b.has('integer')),
  )

/** Whether no value matches both: other types, other values, or a required member with others. */
function areDisjoint(a: SchemaView, b: SchemaView, view: (schema: Json[]) => SchemaView): boolean {
  if (a.types && b.types && !overlap(a.types, b.types)) return true
  if (a.values && b.values) return [...a.values.keys()].every((text) => !b.values!.has(text))
  if (!isObject(a) || !isObject(b)) return false
  return [...a.required].some((name) => {
    const [one, other] = [a.properties.get(name), b.properties.get(name)]
    if (!b.required.has(name) || !one || !other) return false
    const [x, y] = [view([...one]).values, view([...other]).values]
    return x && y && [...x.keys()].every((text) => !y.has(text))
  })
}

const isObject = ({ types }: SchemaView): boolean => types?.size === 1 && types.has('object')

/** What identifies an alternative: the component, its values, a required literal, or its types. */
function keyOf({ view }: Member, look: (schema: Json[]) => SchemaView): string | undefined {
  if (view.components.length === 1) return `component ${view.components[0]}`
  if (view.values) return [...view.values.keys()].toSorted().join()
  for (const name of view.required) {
    const values = look([...(view.properties.get(name) ?? [])]).values
    if (values?.size === 1) return `${name} ${[...values.keys()].join()}`
  }
  return view.types && `types ${[...view.types].toSorted().join()}`
}

/**
 * Compares alternatives. They are aligned by component, by literal, by type, then by equality, and where only one is left on both sides. A wrong pairing can only raise the bump.
 */
export function compareUnions(pair: Pair): void {
  const { a, b, add } = pair
  if (a.unions.length === 0 && b.unions.length === 0) return
  if (a.unions.length === 0)
    return add('alternatives-added', '', '', `${b.unions[0]!.members.length} alternatives`)
  if (b.unions.length === 0)
    return add('alternatives-removed', '', `${a.unions[0]!.members.length} alternatives`)
  if (a.unions.length !== b.unions.length) return add('alternatives-changed')
  for (const [i, union] of a.unions.entries()) compareUnion(pair, union, b.unions[i]!)
}

const membersOf = (union: Union, view: (schema: Json[]) => SchemaView): Member[] =>
  union.members.map((schema) => ({ schema, view: view([schema]) }))

function compareUnion(pair: Pair, old: Union, next: Union): void {
  const { schemas, direction, add, include } = pair
  const [before, after] = [membersOf(old, schemas.before), membersOf(next, schemas.after)]
  const exclusive =
    isExclusive(old, before, schemas.before) || isExclusive(next, after, schemas.after)
  if (exclusive && old.exclusive !== next.exclusive) {
    add('alternatives-became-' + (next.exclusive ? 'exclusive' : 'inclusive'))
    return
  }
  const side: typeof direction = exclusive ? 'exact' : direction
  const compare = (one: Member, other: Member): Edit[] =>
    schemas.compare([one.schema], [other.schema], side)
  const { pairs, removed, added } = align(pair, before, after, compare)
  for (const [one, other] of pairs) {
    const edits = compare(one, other)
    const path = `<${describeSchema(other.view)}>`
    if (!exclusive) include(path, edits)
    else {
      include(
        path,
        edits.filter(({ kind }) => kind === documentationChanged),
      )
      if (changesMeaning(edits)) add('exclusive-alternative-changed', path)
    }
  }
  const prefix = exclusive ? 'exclusive-' : ''
  for (const { view } of removed) add(`${prefix}alternative-removed`, '', describeSchema(view))
  for (const { view } of added) add(`${prefix}alternative-added`, '', '', describeSchema(view))
}

/** Whether `oneOf` demands more than `anyOf` would. */
function isExclusive(
  union: Union,
  members: readonly Member[],
  view: (schema: Json[]) => SchemaView,
): boolean {
  return (
    union.exclusive &&
    members.some((one, i) =>
      members.slice(i + 1).some((other) => !areDisjoint(one.view, other.view, view)),
    )
  )
}

function align(
  { schemas }: Pair,
  before: readonly Member[],
  after: readonly Member[],
  compare: (one: Member, other: Member) => Edit[],
): { pairs: [Member, Member][]; removed: Set<Member>; added: Set<Member> } {
  const pairs: [Member, Member][] = []
  const [removed, added] = [new Set(before), new Set(after)]
  const take = (one: Member, other: Member): void => {
    pairs.push([one, other])
    removed.delete(one)
    added.delete(other)
  }
  const keys = new Map([
    ...before.map((one) => [one, keyOf(one, schemas.before)] as const),
    ...after.map((one) => [one, keyOf(one, schemas.after)] as const),
  ])
  for (const one of before) {
    const isLike = (member: Member): boolean => keys.get(member) === keys.get(one)
    const [other, ...others] = after.filter(isLike)
    const isClear = others.length === 0 && before.filter(isLike).length === 1
    if (keys.get(one) !== undefined && isClear && other) take(one, other)
  }
  for (const one of removed)
    for (const other of added) {
      if (changesMeaning(compare(one, other))) continue
      take(one, other)
      break
    }
  const [[one, ...more], [other, ...others]] = [[...removed], [...added]]
  if (one && other && more.length === 0 && others.length === 0) take(one, other)
  return { pairs, removed, added }
}
