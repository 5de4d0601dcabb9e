import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'

/** What stands at one place of a body, over all the bodies that were seen. Never a value. */
export interface PlaceShape {
  /** JSON types, `integer` where every number is whole. */
  types: string[]
  /** Words seen where the document names an enum. */
  words?: string[]
  /** Whether every object that could have it has it. */
  always: boolean
}

/** Places by their path, as `.results[].status`. */
export interface BodyShape {
  [path: string]: PlaceShape
}

/** Shapes by operation and status, as `callLogs.list 200`. */
export interface Shapes {
  [answer: string]: BodyShape
}

/** What a place may be called, and a word of an enum; anything else may be a value. */
const isName = (text: string): boolean => /^[A-Za-z_][\w-]{0,63}$/.test(text)
const mostDeep = 12

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** A whole number is a number: the wider type says it all. */
const withoutNarrower = (types: string[]): string[] =>
  types.includes('number') ? types.filter((type) => type !== 'integer') : types

const united = (one: readonly string[] = [], other: readonly string[] = []): string[] =>
  [...new Set([...one, ...other])].sort()

function unitePlaces(one: PlaceShape, other: PlaceShape): PlaceShape {
  const words = united(one.words, other.words)
  return {
    types: withoutNarrower(united(one.types, other.types)),
    ...(words.length > 0 && { words }),
    always: one.always && other.always,
  }
}

/** Two shapes of one body as one: what either has seen. */
export function uniteBodies(one: BodyShape, other: BodyShape): BodyShape {
  // An empty array says nothing of its items.
  const hasOwner = (shape: BodyShape, path: string): boolean =>
    !path.endsWith('[]') &&
    (shape[path.replace(/\.[^.[]*$/, '')]?.types.includes('object') ?? false)
  return Object.fromEntries(
    united(Object.keys(one), Object.keys(other)).map((path) => {
      const [a, b] = [one[path], other[path]]
      if (a && b) return [path, unitePlaces(a, b)]
      // Where its owner was seen without it, it does not always come.
      const isMissed = hasOwner(a ? other : one, path)
      const place = (a ?? b)!
      return [path, { ...place, always: place.always && !isMissed }]
    }),
  )
}

export const uniteShapes = (one: Shapes, other: Shapes): Shapes =>
  Object.fromEntries(
    united(Object.keys(one), Object.keys(other)).map((answer) => [
      answer,
      uniteBodies(one[answer] ?? other[answer]!, other[answer] ?? one[answer]!),
    ]),
  )

/**
 * The shape of a body: types, what may be null, and words of the enums that the document names.
 *
 * @param schema what the document says of the body; it decides nothing but where words are kept
 */
export function readShape(
  document: SpecDocument,
  schema: Json | undefined,
  body: unknown,
): BodyShape {
  const walk = (value: unknown, path: string, own: Json | undefined, depth: number): BodyShape => {
    const node = resolveRef(document, own) as { [key: string]: Json }
    const word = typeof value === 'string' && Array.isArray(node['enum'])
    const place: BodyShape = {
      [path]: {
        types: [typeOf(value)],
        ...(word && { words: [isName(value) ? value : 'something that is no word'] }),
        always: true,
      },
    }
    if (depth > mostDeep || typeof value !== 'object' || value === null) return place
    const inside = Array.isArray(value)
      ? value.map((item) => walk(item, `${path}[]`, node['items'], depth + 1))
      : [namesOf(value, path, node, depth)]
    return Object.assign(place, inside.length === 0 ? {} : inside.reduce(uniteBodies))
  }
  const namesOf = (
    value: object,
    path: string,
    node: { [key: string]: Json },
    depth: number,
  ): BodyShape => {
    const properties = (node['properties'] ?? {}) as { [name: string]: Json }
    const shapes = Object.entries(value).map(([name, own]) =>
      walk(
        own,
        `${path}.${isName(name) ? name : '*'}`,
        properties[name] ?? node['additionalProperties'],
        depth + 1,
      ),
    )
    return Object.assign({}, ...shapes) as BodyShape
  }
  return walk(body, '', schema, 0)
}

/**
 * What has been seen and was never seen before, a sentence each; empty when nothing is new. A place
 * that may be missing, or a word that does not come this time, is nothing new.
 */
export const compareShapes = (known: Shapes, seen: Shapes): string[] =>
  Object.entries(seen).flatMap(([answer, body]) => {
    const before = known[answer]
    if (!before) return [`${answer} was never answered before`]
    return Object.entries(uniteBodies(before, body)).flatMap(([path, place]) =>
      comparePlaces(before[path], place).map((news) => `${answer} ${path || 'body'} ${news}`),
    )
  })

function comparePlaces(old: PlaceShape | undefined, place: PlaceShape): string[] {
  if (!old) return [`is new: ${place.types.join(' or ')}`]
  const news: string[] = []
  const types = place.types.filter((type) => !old.types.includes(type))
  const words = (place.words ?? []).filter((word) => !old.words?.includes(word))
  if (types.length > 0) news.push(`is ${types.join(' or ')}, was ${old.types.join(' or ')}`)
  if (words.length > 0) news.push(`says ${words.join(', ')}`)
  if (old.always && !place.always) news.push('is missing, always came before')
  return news
}
