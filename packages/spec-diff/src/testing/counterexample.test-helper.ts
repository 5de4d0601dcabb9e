import type { Json, SpecDocument } from '@cekura-kit/spec'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import { canonicalText, listOf, mapOf, nodeAt, type Node } from '../document/node.ts'

// ajv-formats is CommonJS with a `default` that TypeScript sees and Node does not unwrap.
const addFormats = formatsPlugin as unknown as typeof formatsPlugin.default

const strings = ['a', '', 'b', 'c', 'ab', 'abcd', '2026-11-30', '2026-11-30T10:00:00Z', 'YQ==']
const numbers = [1, 0, 2, 3, 4, 5, 6, 1.5, -1, 10, 100, 2 ** 31, 1e12]
const others: Json[] = [true, null, [], {}, '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'a@b.example']
/** Values of every type; the first few already have strings and numbers. */
const plain: Json[] = numbers
  .flatMap((number, i) => [number, strings[i], others[i]])
  .filter((value) => value !== undefined)

/** Keywords below which schemas are whose values are worth a try. */
const holders = ['items', 'not', 'contains', 'additionalProperties', 'anyOf', 'oneOf', 'allOf']
const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
const lengths = ['minLength', 'maxLength']

const dedupe = (values: readonly Json[]): Json[] => [
  ...new Map(values.map((value) => [canonicalText(value), value])).values(),
]

/** Values of the keywords of a schema, and values near its limits. */
function nearValues(schema: Node): Json[] {
  const near = (keys: readonly string[], make: (at: number) => Json[]): Json[] =>
    keys.flatMap((key) => (typeof schema[key] === 'number' ? make(schema[key]) : []))
  return [
    ...listOf(schema['enum']),
    ...('const' in schema ? [schema['const']!] : []),
    ...near(limits, (at) => [at - 1, at, at + 1, at * 2]),
    ...near(lengths, (at) =>
      [at - 1, at, at + 1].filter((n) => n >= 0 && n < 1_000).map((n) => 'a'.repeat(n)),
    ),
  ]
}

/**
 * Payloads that a consumer who knows a schema could write: values of its keywords, objects of the
 * properties that it lists, and lists.
 */
function samplesOf(document: SpecDocument, schema: Json, depth = 0): Json[] {
  const node = nodeAt(document, schema)
  if (depth > 3) return plain
  const inner = (part: Json): Json[] => samplesOf(document, part, depth + 1)
  const parts = holders
    .flatMap((key): Json[] => (node[key] === undefined ? [] : [node[key]].flat()))
    .flatMap(inner)
  const items = node['items'] === undefined ? [] : inner(node['items']).slice(0, 12)
  const lists: Json[] = items.flatMap((item) => [[item], [item, item], [item, items[0]!, item]])
  const rest = node['additionalProperties']
  const choices = [
    ...[...mapOf(node['properties'])].map(([name, part]) => [name, inner(part)] as const),
    ...(rest === undefined || rest === false ? [] : [['any other', inner(rest)] as const]),
  ].map(([name, values]) => [name, values.slice(0, 16)] as const)
  const full = Object.fromEntries(choices.map(([name, values]) => [name, values.at(-1)!]))
  const objects = choices.flatMap(([name, values]) => [
    Object.fromEntries(Object.entries(full).filter(([other]) => other !== name)),
    ...values.flatMap((value): Json[] => [{ [name]: value }, { ...full, [name]: value }]),
  ])
  return dedupe([...nearValues(node), ...objects, ...lists, ...parts, ...plain])
}

function compile(document: SpecDocument, schema: Json): (value: Json) => boolean {
  const ajv = new Ajv2020({ strict: false, allowUnionTypes: true, logger: false })
  addFormats(ajv)
  const root = { components: document['components'] ?? {}, allOf: [schema] }
  return ajv.compile(root) as (value: Json) => boolean
}

/** A schema and the document that its references are in. */
export interface Located {
  schema: Json
  document: SpecDocument
}

/**
 * A payload that one schema accepts and another rejects; undefined when no sample shows one.
 *
 * @throws {Error} when the validator cannot compile a schema
 */
export function findCounterexample(accepts: Located, rejects: Located): Json | undefined {
  const before = compile(accepts.document, accepts.schema)
  const after = compile(rejects.document, rejects.schema)
  return samplesOf(accepts.document, accepts.schema).find((value) => before(value) && !after(value))
}
