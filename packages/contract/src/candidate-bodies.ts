import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import type { Node } from './contract-document.ts'

export interface Candidate {
  /** What was done to the sample, as a path and a word. */
  what: string
  value: Json
}

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One of each JSON type. */
const oneOfEach: Json[] = [null, true, 7, 7.5, 'text', [], {}]

/** Strings around what a string schema can say. */
function strings({ format, pattern, minLength, maxLength }: Node, sample: string): Json[] {
  const sized = (length: number): string => sample.padEnd(length, 'x').slice(0, length)
  const bounds = [minLength, maxLength].filter((bound) => typeof bound === 'number')
  return [
    '',
    'Two words, and a point.',
    ...bounds.flatMap((bound) => [bound - 1, bound, bound + 1].filter((n) => n >= 0).map(sized)),
    // No bound is promised: whatever fits into a page has to pass.
    ...(typeof maxLength === 'number' ? [] : [sized(5000)]),
    ...(format === undefined
      ? []
      : [
          '2025-01-15T09:30:00+02:00',
          '2025-01-15T09:30:00.25Z',
          '2025-01-15T09:30:00',
          '2025-01-15',
          'https://example.com/a?b=c',
          'example.com/a',
          '/a?b=c',
          'a@example.com',
        ]),
    ...(typeof pattern === 'string' ? edits(sample) : []),
  ]
}

const replaced = (characters: readonly string[], at: number, other: string): string =>
  characters.toSpliced(at, 1, other).join('')

/** Strings one edit away: what a pattern that is a little wider or narrower tells apart. */
function edits(sample: string): string[] {
  const characters = [...sample]
  return [
    `x${sample}`,
    `${sample}x`,
    `\n${sample}`,
    ...characters.flatMap((character, at) => [
      characters.toSpliced(at, 1).join(''),
      characters.toSpliced(at, 0, character).join(''),
      replaced(characters, at, '9'),
      replaced(characters, at, 'x'),
    ]),
  ]
}

function numbers({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Node): Json[] {
  const bounds = [minimum, maximum, exclusiveMinimum, exclusiveMaximum]
  return [
    0,
    -1,
    1,
    1e9,
    4_503_599_627_370_495,
    -0.25,
    ...bounds.flatMap((bound) => (typeof bound === 'number' ? [bound - 1, bound, bound + 1] : [])),
  ]
}

/**
 * Values near a sample, good and bad ones alike, that between them touch everything its schema
 * says: types, nullability, words of an enum, bounds, formats, patterns, what is required, what is
 * left open. A schema judges which is which.
 */
export function candidateBodies(document: SpecDocument, schema: Json, sample: Json): Candidate[] {
  const node = resolveRef(document, schema) as Node
  const found: Candidate[] = []
  const add = (what: string, value: Json): void => void found.push({ what, value })
  for (const value of oneOfEach) add(`is ${JSON.stringify(value)}`, value)
  const words = [node['enum'], node['const']].flat().filter((word) => word !== undefined)
  for (const word of words) add(`is ${JSON.stringify(word)}`, word)
  if (typeof sample === 'string')
    for (const value of strings(node, sample))
      add(`is ${JSON.stringify(value).slice(0, 40)}`, value)
  if (typeof sample === 'number')
    for (const value of numbers(node)) add(`is ${String(value)}`, value)
  if (Array.isArray(sample)) arrays(document, node, sample, add)
  if (isNode(sample)) objects(document, node, sample, add)
  for (const branch of [node['allOf'], node['anyOf'], node['oneOf']].flat())
    if (branch !== undefined) found.push(...candidateBodies(document, branch, sample))
  return found
}

function arrays(
  document: SpecDocument,
  { items, minItems, maxItems }: Node,
  sample: Json[],
  add: (what: string, value: Json) => void,
): void {
  const [first = null, ...rest] = sample
  const many = typeof maxItems === 'number' ? maxItems : 30
  for (const length of new Set([0, 1, many, many + 1, Number(minItems ?? 0)]))
    add(
      `has ${length} items`,
      Array.from({ length }, () => first),
    )
  for (const value of oneOfEach) add(`[] has ${JSON.stringify(value)}`, [value, ...rest])
  if (items !== undefined && sample.length > 0)
    for (const { what, value } of candidateBodies(document, items, first))
      add(`[0] ${what}`, [value, ...rest])
}

function objects(
  document: SpecDocument,
  { properties, additionalProperties }: Node,
  sample: Node,
  add: (what: string, value: Json) => void,
): void {
  const named = isNode(properties) ? properties : {}
  for (const name of Object.keys(sample)) {
    const { [name]: _, ...rest } = sample
    add(`lacks ${name}`, rest)
  }
  for (const value of oneOfEach)
    add(`has an unnamed ${JSON.stringify(value)}`, { ...sample, unnamed_property: value })
  for (const [name, property] of Object.entries(named)) {
    if (!(name in sample)) continue
    for (const { what, value } of candidateBodies(document, property, sample[name]!))
      add(`.${name} ${what}`, { ...sample, [name]: value })
  }
  if (isNode(additionalProperties))
    for (const [name, own] of Object.entries(sample)) {
      if (name in named) continue
      for (const { what, value } of candidateBodies(document, additionalProperties, own))
        add(`.* ${what}`, { ...sample, [name]: value })
    }
}

/**
 * One sample out of many examples, with every property that any of them has: the only item of an
 * array is what its items have together.
 */
export function mergeSamples(samples: readonly Json[]): Json {
  const present = samples.filter((sample) => sample !== null)
  const [first = null] = present
  if (Array.isArray(first)) {
    const items = present.flatMap((sample) => (Array.isArray(sample) ? sample : []))
    return items.length === 0 ? [] : [mergeSamples(items)]
  }
  if (!isNode(first)) return first
  const nodes = present.filter(isNode)
  return Object.fromEntries(
    [...new Set(nodes.flatMap(Object.keys))].map((name) => [
      name,
      mergeSamples(nodes.map((node) => node[name] ?? null)),
    ]),
  )
}
