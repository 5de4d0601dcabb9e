import type { Json } from '@cekura-kit/spec'
import type { Limit } from '../document/schema-view.ts'
import { namesOf } from '../document/node.ts'
import type { Pair } from './pair.ts'
import { describeSchema, describeValue } from './describe.ts'

const covers = (types: ReadonlySet<string> | undefined, type: string): boolean =>
  !types || types.has(type) || (type === 'integer' && types.has('number'))

const withoutNull = (types: ReadonlySet<string>): Set<string> =>
  new Set([...types].filter((type) => type !== 'null'))

/** Compares `type`. Null and whole numbers have edits for themselves. */
export function compareTypes({ a, b, add }: Pair): void {
  const [from, to] = [a.types, b.types]
  if (from === to) return
  if (from && to && a.isTyped !== b.isTyped) add(b.isTyped ? 'type-written' : 'type-implied')
  const [before, after] = [describeSchema(a), describeSchema(b)]
  if (!from) return add('type-given', '', before, after)
  if (!to) return add('type-lost', '', before, after)
  const lost = [...withoutNull(from)].filter((type) => !covers(to, type))
  const gained = [...withoutNull(to)].filter((type) => !covers(from, type))
  if (from.has('null') !== to.has('null'))
    add(to.has('null') ? 'null-added' : 'null-removed', '', before, after)
  const [[gone], [come]] = [lost, gained]
  if (lost.length === 1 && gone === 'number' && gained.length === 0 && to.has('integer'))
    add('number-narrowed', '', before, after)
  else if (gained.length === 1 && come === 'number' && lost.length === 0 && from.has('integer'))
    add('number-widened', '', before, after)
  else if (lost.length > 0 && gained.length > 0) add('type-changed', '', before, after)
  else if (lost.length > 0) add('type-narrowed', '', before, after)
  else if (gained.length > 0) add('type-widened', '', before, after)
}

/** Compares `enum` and `const`. Null is compared with the types. */
export function compareValues({ a, b, add }: Pair): void {
  if (!a.values && !b.values) return
  if (!a.values) return add('values-listed', '', describeSchema(a), describeSchema(b))
  if (!b.values) return add('values-opened', '', describeSchema(a), describeSchema(b))
  for (const text of a.values.keys())
    if (!b.values.has(text) && !(text === 'null' && a.types?.has('null')))
      add('value-removed', '', text)
  for (const text of b.values.keys())
    if (!a.values.has(text) && !(text === 'null' && b.types?.has('null')))
      add('value-added', '', '', text)
}

const isUpper = (name: string): boolean => name.startsWith('max')

const printLimit = (name: string, limit: Limit | undefined): string =>
  limit ? `${name} ${limit.open ? (isUpper(name) ? 'below ' : 'above ') : ''}${limit.at}` : ''

/** Compares minimum and maximum, and the same of lengths and counts. */
export function compareLimits({ a, b, add }: Pair): void {
  for (const name of namesOf(a.limits, b.limits)) {
    const [from, to] = [a.limits.get(name), b.limits.get(name)]
    if (from && to && from.at === to.at && from.open === to.open) continue
    const tightened =
      to !== undefined &&
      (from === undefined ||
        (from.at === to.at ? to.open : isUpper(name) ? to.at < from.at : to.at > from.at))
    const change = tightened ? 'bound-tightened' : 'bound-relaxed'
    // The first item of a list that was never empty is read without a check.
    const emptied = name === 'minItems' && change === 'bound-relaxed' && (from?.at ?? 0) > 0
    add(
      emptied && !to ? 'list-may-be-empty' : change,
      '',
      printLimit(name, from),
      printLimit(name, to),
    )
  }
}

/** Formats and those whose values they include. */
const wider = new Map([
  ['int32', 'int64'],
  ['float', 'double'],
])

function changeOf(name: string, from: Json | undefined, to: Json | undefined): string {
  const isBound = name === 'multipleOf' || name === 'uniqueItems'
  if (from === undefined) return isBound ? 'bound-tightened' : `${name}-added`
  if (to === undefined) return isBound ? 'bound-relaxed' : `${name}-removed`
  if (name === 'multipleOf' && Number(from) % Number(to) === 0) return 'bound-relaxed'
  if (name === 'format' && wider.get(String(from)) === to) return 'format-widened'
  if (name === 'format' && wider.get(String(to)) === from) return 'format-narrowed'
  return `${isBound ? 'bound' : name}-changed`
}

/** Compares keywords whose values stand for themselves; those of a conjunction are sets. */
export function compareAssertions({ a, b, add }: Pair): void {
  for (const name of namesOf(a.assertions, b.assertions)) {
    const [old, next] = [a.assertions.get(name), b.assertions.get(name)]
    const lost = [...(old ?? [])].filter(([text]) => !next?.has(text)).map(([, value]) => value)
    const gained = [...(next ?? [])].filter(([text]) => !old?.has(text)).map(([, value]) => value)
    for (let i = 0; i < Math.max(lost.length, gained.length); i++) {
      const print = (value: Json | undefined): string =>
        value === undefined ? '' : `${name} ${describeValue(value)}`
      const change = changeOf(name, lost[i], gained[i])
      add(change, '', print(lost[i]), print(gained[i]))
    }
  }
}
