import { sampleValue } from '@cekura-kit/mock'
import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import { isNode, type Node } from './contract-document.ts'

export interface Candidate {
  /** Path of the change in the sample, such as `.results[0].id`. */
  path: string
  /** The change, such as `is null`. */
  change: string
  value: Json
}

type Add = (path: string, change: string, value: Json) => void

/** One of each JSON type. */
const oneOfEach: Json[] = [null, true, 7, 7.5, 'abc', [], {}]

/** Well-formed and malformed values of several formats. */
const ofFormats = [
  '2025-01-15T09:30:00+02:00',
  '2025-01-15T09:30:00.25Z',
  '2025-01-15T09:30:00',
  '2025-01-15',
  '2025-02-30T00:00:00Z',
  '2025-13-01T00:00:00Z',
  '2025-01-15T25:00:00Z',
  '1736933400',
  'https://example.com/a?b=c',
  'example.com/a',
  '/a?b=c',
  'a@example.com',
]

/** Values on both sides of each bound. */
const around = (...bounds: (Json | undefined)[]): number[] =>
  bounds.flatMap((bound) => (typeof bound === 'number' ? [bound - 1, bound, bound + 1] : []))

/** Strings at the limits of a string schema. */
function strings({ format, pattern, minLength, maxLength }: Node, sample: string): Json[] {
  const sized = (length: number): string => sample.padEnd(length, 'x').slice(0, length)
  return [
    '',
    'Two words, and a point.',
    ...around(minLength, maxLength)
      .filter((length) => length >= 0)
      .map(sized),
    // Without a documented maximum a long string is valid.
    ...(maxLength === undefined ? [sized(5000)] : []),
    ...(format === undefined ? [] : ofFormats),
    ...(pattern === undefined ? [] : edits(sample)),
  ]
}

/** Strings one edit away: they detect a pattern that is a little wider or narrower. */
function edits(sample: string): string[] {
  const characters = [...sample]
  return [
    `x${sample}`,
    `${sample}x`,
    `\n${sample}`,
    ...characters.flatMap((character, at) => [
      characters.toSpliced(at, 1).join(''),
      characters.toSpliced(at, 0, character).join(''),
      characters.toSpliced(at, 1, '9').join(''),
      characters.toSpliced(at, 1, 'x').join(''),
    ]),
  ]
}

const numbers = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Node): Json[] => [
  0,
  -1,
  1,
  1e9,
  4_503_599_627_370_495,
  -0.25,
  0.5,
  ...around(minimum, maximum, exclusiveMinimum, exclusiveMaximum),
]

/**
 * Values near a sample, valid and invalid ones, that together exercise every keyword of its schema:
 * types, null, enum values, bounds, formats, patterns, required and additional properties. The
 * schema decides which are valid.
 */
export function candidateValues(document: SpecDocument, schema: Json, sample: Json): Candidate[] {
  const node = resolveRef(document, schema) as Node
  const found: Candidate[] = []
  const add: Add = (path, change, value) => void found.push({ path, change, value })
  const addValue = (value: Json): void => add('', `is ${JSON.stringify(value).slice(0, 40)}`, value)
  oneOfEach.forEach(addValue)
  for (const value of [node['enum'], node['const']].flat()) if (value !== undefined) addValue(value)
  // The sample of a union is of one type only.
  const types = new Set([node['type'], typeof sample].flat())
  if (types.has('string')) strings(node, String(sample)).forEach(addValue)
  if (types.has('number') || types.has('integer')) numbers(node).forEach(addValue)
  if (Array.isArray(sample)) arrays(document, node, sample, add)
  if (isNode(sample)) objects(document, node, sample, add)
  for (const branch of [node['allOf'], node['anyOf'], node['oneOf']].flat())
    if (branch !== undefined) found.push(...candidateValues(document, branch, sample))
  return found
}

function arrays(
  document: SpecDocument,
  { items, minItems, maxItems }: Node,
  sample: Json[],
  add: Add,
): void {
  const [first = null, ...rest] = sample
  const many = typeof maxItems === 'number' ? maxItems : 30
  for (const length of new Set([0, 1, many, many + 1, Number(minItems ?? 0)]))
    add(
      '',
      `has ${length} items`,
      Array.from({ length }, () => first),
    )
  for (const value of oneOfEach) add('[0]', `is ${JSON.stringify(value)}`, [value, ...rest])
  if (items !== undefined && sample.length > 0)
    for (const { path, change, value } of candidateValues(document, items, first))
      add(`[0]${path}`, change, [value, ...rest])
}

function objects(
  document: SpecDocument,
  { properties, additionalProperties }: Node,
  sample: Node,
  add: Add,
): void {
  for (const value of oneOfEach)
    add('.unnamed_property', `is ${JSON.stringify(value)}`, { ...sample, unnamed_property: value })
  const named = resolveRef(document, properties)
  for (const name of new Set([...Object.keys(sample), ...Object.keys(named)])) {
    const { [name]: own, ...rest } = sample
    if (own !== undefined) add(`.${name}`, 'is missing', rest)
    const schema = named[name] ?? additionalProperties
    if (schema === undefined) continue
    const known = own ?? sampleValue(document, schema)
    for (const { path, change, value } of candidateValues(document, schema, known))
      add(`.${name}${path}`, change, { ...sample, [name]: value })
  }
}

/**
 * One sample from many examples, with every property that any of them has. An array gets one item,
 * merged from all its items.
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
