import { SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'

/** A JSON object. Names in it are foreign: read them with {@link field} or `Object.entries`. */
export type Node = { [key: string]: Json }

export const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

/** A member of an object, never one that the object inherits. */
export const field = (value: Json | undefined, name: string): Json | undefined =>
  isNode(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** The members of an object by name; empty for every other value. */
export const mapOf = (value: Json | undefined): Map<string, Json> =>
  new Map(isNode(value) ? Object.entries(value) : [])

/** A function that makes its result once for each object. */
export function memoize<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>()
  return (key) => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key)!
  }
}

/** Every name of either map, in order. */
export const namesOf = (...maps: readonly ReadonlyMap<string, unknown>[]): Set<string> =>
  new Set(maps.flatMap((map) => [...map.keys()]))

/** One text for equal values, whatever the order of their members. */
export function canonicalText(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (!isNode(value)) return JSON.stringify(value ?? null)
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`)
  return `{${members.join(',')}}`
}

/** A value with everything it refers to written out; cycles end. */
export function expand(document: SpecDocument, value: Json, inside: readonly string[] = []): Json {
  if (Array.isArray(value)) return value.map((item) => expand(document, item, inside))
  if (!isNode(value)) return value
  const { value: target, reference } = follow(document, value)
  if (reference === undefined)
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, expand(document, child, inside)]),
    )
  return inside.includes(reference) ? reference : expand(document, target!, [...inside, reference])
}

const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** The names in a reference such as `#/components/schemas/A`. */
export function pointerOf(reference: string): string[] {
  if (!reference.startsWith('#/'))
    throw new SpecError(
      `Cannot follow the reference "${reference}": it leads out of the document. Bundle it first.`,
    )
  try {
    return reference.slice(2).split('/').map(decodeURIComponent).map(unescape)
  } catch (error) {
    throw new SpecError(`Cannot follow the reference "${reference}": it is not a URI fragment.`, {
      cause: error,
    })
  }
}

const valueAt = (document: SpecDocument, pointer: readonly string[]): Json | undefined =>
  pointer.reduce<Json | undefined>(
    (node, part) => (Array.isArray(node) ? node[Number(part)] : field(node, part)),
    document,
  )

/** The name of a component in a pointer to it. */
export const escapeName = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

/** What a value refers to, over as many references as there are, and the last reference. */
export function follow(
  document: SpecDocument,
  value: Json | undefined,
): { value: Json | undefined; reference?: string } {
  let [at, reference] = [value, undefined as string | undefined]
  const seen = new Set<string>()
  for (let next = field(at, '$ref'); typeof next === 'string'; next = field(at, '$ref')) {
    if (seen.has(next)) throw new SpecError(`The reference "${next}" leads back to itself.`)
    seen.add((reference = next))
    at = valueAt(document, pointerOf(next))
    if (at === undefined)
      throw new SpecError(`The reference "${next}" leads nowhere. Correct or remove it.`)
  }
  return { value: at, ...(reference === undefined ? {} : { reference }) }
}

/** The object that a value is or refers to; an empty one when it is neither. */
export function nodeAt(document: SpecDocument, value: Json | undefined): Node {
  const found = follow(document, value).value
  return isNode(found) ? found : {}
}
