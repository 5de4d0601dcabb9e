import type { Json } from '@cekura-kit/spec'
import { expandedText, field, isNode, listOf, mapOf, namesOf, type Node } from '../document/node.ts'
import type { Pair } from './pair.ts'
import { describeText } from './describe.ts'
import { changesMeaning, documentationChanged, type Edit } from './edit.ts'

/** Where schemas are below keywords that are compared for equality alone. */
const holders = new Map<string, 'one' | 'list' | 'map'>([
  ['not', 'one'],
  ['if', 'one'],
  ['then', 'one'],
  ['else', 'one'],
  ['contains', 'one'],
  ['propertyNames', 'one'],
  ['items', 'one'],
  ['additionalItems', 'one'],
  ['additionalProperties', 'one'],
  ['unevaluatedItems', 'one'],
  ['unevaluatedProperties', 'one'],
  ['contentSchema', 'one'],
  ['prefixItems', 'list'],
  ['patternProperties', 'map'],
  ['dependentSchemas', 'map'],
])

/** Edits between two values of one keyword; `undefined` when they cannot be aligned. */
function compareKeyword(
  { schemas }: Pair,
  name: string,
  old: Json | undefined,
  next: Json | undefined,
): Edit[] | undefined {
  const exact = (a: Json, b: Json): Edit[] => schemas.compare([a], [b], 'exact')
  const holder = holders.get(name)
  if (old === undefined || next === undefined) return old === next ? [] : undefined
  if (holder === 'one') return exact(old, next)
  if (holder === 'list') {
    const [before, after] = [listOf(old), listOf(next)]
    return before.length === after.length
      ? before.flatMap((schema, i) => exact(schema, after[i]!))
      : undefined
  }
  if (holder === 'map' && isNode(old) && isNode(next)) {
    const [before, after] = [mapOf(old), mapOf(next)]
    if (namesOf(before, after).size !== before.size || before.size !== after.size) return undefined
    return [...before].flatMap(([key, schema]) => exact(schema, after.get(key)!))
  }
  const [a, b] = schemas.documents
  return expandedText(a, old) === expandedText(b, next) ? [] : undefined
}

function editsOf(pair: Pair, old: Node, next: Node): Map<string, Edit[] | undefined> {
  const names = namesOf(mapOf(old), mapOf(next))
  return new Map(
    [...names].map((name) => [
      name,
      compareKeyword(pair, name, field(old, name), field(next, name)),
    ]),
  )
}

/** Compares what only equality is known to be harmless for. */
export function compareOpaque(pair: Pair): void {
  const { a, b, add, include } = pair
  const [old, next] = [[...a.opaque], [...b.opaque]]
  const print = (side: 0 | 1, name: string, node: Node): string => {
    const value = field(node, name)
    if (value === undefined) return ''
    return `${name} ${describeText(expandedText(pair.schemas.documents[side], value))}`
  }
  const settle = (one: Node, other: Node): void => {
    old.splice(old.indexOf(one), 1)
    next.splice(next.indexOf(other), 1)
    for (const [name, edits] of editsOf(pair, one, other)) {
      include(
        '',
        (edits ?? []).filter(({ kind }) => kind === documentationChanged),
      )
      if (edits && !changesMeaning(edits)) continue
      add(`keyword-${name}-changed`, '', print(0, name, one), print(1, name, other))
    }
  }
  for (const one of a.opaque) {
    const same = next.find((other) =>
      [...editsOf(pair, one, other).values()].every((edits) => edits && !changesMeaning(edits)),
    )
    if (same) settle(one, same)
  }
  while (old.length > 0 || next.length > 0) {
    if (old.length === 0) old.push({})
    if (next.length === 0) next.push({})
    settle(old[0]!, next[0]!)
  }
}
