import type { Json, SpecDocument } from '@cekura-kit/spec'
import type { SpecMutant } from '../mutant.ts'
import { nodeAt, pointer, schemaPlaces, type Node } from './places.ts'

type Change = [operator: string, what: string, change: (schema: Node) => void]

const typesOf = ({ type }: Node): string[] =>
  [type].flat().filter((one): one is string => typeof one === 'string')

const flipped: { [type: string]: string } = {
  string: 'integer',
  integer: 'string',
  number: 'string',
  boolean: 'string',
  array: 'object',
  object: 'array',
}
const widened: { [type: string]: string } = {
  string: 'integer',
  integer: 'number',
  number: 'string',
  boolean: 'string',
  array: 'object',
  object: 'array',
}
/** A set of types as a schema says it. */
const say = (types: readonly string[]): Json => (types.length === 1 ? types[0]! : [...types])

/** Every single change that makes a schema say something else. */
function changesOf(schema: Node): Change[] {
  const { format, pattern, items, additionalProperties } = schema
  const words = Array.isArray(schema['enum']) ? schema['enum'] : []
  const names = Object.keys((schema['properties'] ?? {}) as Node)
  const required = (schema['required'] ?? []) as string[]
  const types = typesOf(schema)
  const own = types.filter((type) => type !== 'null')
  return [
    ...names.flatMap((name): Change[] => [
      ['S01', name, (copy) => dropProperty(copy, name)],
      ['S02', name, (copy) => renameProperty(copy, name, `${name}_renamed`)],
    ]),
    ...typeChanges(schema, types, own),
    ...required.map((name): Change => ['S04', name, (copy) => setRequired(copy, name, false)]),
    ...names
      .filter((name) => !required.includes(name))
      .map((name): Change => ['S05', name, (copy) => setRequired(copy, name, true)]),
    ...enumChanges(words),
    ...(typeof format === 'string' ? formatChanges(format) : []),
    ...(typeof pattern === 'string' ? patternChanges(pattern) : []),
    ...boundChanges(schema),
    ...(items === undefined
      ? []
      : ([['S15', 'items', (copy) => delete copy['items']]] as Change[])),
    ...(own.includes('object') ? objectChanges(names, additionalProperties) : []),
    ...addedBounds(schema, own, words.length > 0),
  ]
}

function dropProperty(schema: Node, name: string): void {
  delete (schema['properties'] as Node)[name]
  if (schema['required']) setRequired(schema, name, false)
}

function renameProperty(schema: Node, from: string, to: string): void {
  schema['properties'] = Object.fromEntries(
    Object.entries(schema['properties'] as Node).map(([name, child]) => [
      name === from ? to : name,
      child,
    ]),
  )
  if (schema['required'])
    schema['required'] = (schema['required'] as string[]).map((name) => (name === from ? to : name))
}

function setRequired(schema: Node, name: string, isRequired: boolean): void {
  const others = ((schema['required'] ?? []) as string[]).filter((other) => other !== name)
  schema['required'] = isRequired ? [...others, name] : others
}

function typeChanges(schema: Node, types: string[], own: string[]): Change[] {
  if (own.length === 0) return []
  const [first] = own as [string]
  const isNullable = types.includes('null')
  const rest = types.filter((type) => type !== first)
  return [
    ['S03', 'flip', (copy) => (copy['type'] = say([flipped[first]!, ...rest]))],
    ['S03w', 'widen', (copy) => (copy['type'] = say([...types, widened[first]!]))],
    ...(first === 'number'
      ? ([['S03n', 'narrow', (copy) => (copy['type'] = say(['integer', ...rest]))]] as Change[])
      : []),
    ['S03d', 'drop', (copy) => delete copy['type']],
    isNullable
      ? ['S06', 'not null', (copy) => (copy['type'] = say(own))]
      : [
          'S07',
          'or null',
          (copy) => {
            copy['type'] = [...types, 'null']
            if (copy['enum']) copy['enum'] = [...(copy['enum'] as Json[]), null]
          },
        ],
  ]
}

const enumChanges = (words: readonly Json[]): Change[] =>
  words.length === 0
    ? []
    : [
        ...words.map((word): Change => [
          'S08',
          String(word),
          (copy) => (copy['enum'] = words.filter((other) => other !== word)),
        ]),
        ['S09', 'escalated', (copy) => (copy['enum'] = [...words, 'text'])],
        ...words.map((word): Change => [
          'S10',
          String(word),
          (copy) =>
            (copy['enum'] = words.map((other) => (other === word ? `${String(word)}d` : other))),
        ]),
        ['S19', 'any word', (copy) => delete copy['enum']],
      ]

const otherFormats: { [format: string]: string[] } = {
  'date-time': ['date', 'iso-date-time'],
  uri: ['uri-reference', 'email'],
}

const formatChanges = (format: string): Change[] => [
  ['S11', format, (copy) => delete copy['format']],
  ...(otherFormats[format] ?? ['email']).map((other): Change => [
    'S12',
    other,
    (copy) => (copy['format'] = other),
  ]),
]

const patternChanges = (pattern: string): Change[] => [
  ['S13', 'dropped', (copy) => delete copy['pattern']],
  ['S13', 'matches nothing', (copy) => (copy['pattern'] = '^never$')],
  ['S13', 'does not compile', (copy) => (copy['pattern'] = '[')],
  ['S13', 'open at the start', (copy) => (copy['pattern'] = pattern.replace(/^\^/, ''))],
  ['S13', 'open at the end', (copy) => (copy['pattern'] = pattern.replace(/\$$/, ''))],
  ...(/\{\d+,\}/.test(pattern)
    ? ([
        [
          'S13',
          'one less',
          (copy) =>
            (copy['pattern'] = pattern.replace(/\{(\d+),\}/, (_, n) => `{${Number(n) - 1},}`)),
        ],
        ['S13', 'no more', (copy) => (copy['pattern'] = pattern.replace(/\{(\d+),\}/, '{$1}'))],
      ] as Change[])
    : []),
  ...(/\[0-5\]/.test(pattern)
    ? ([
        ['S13', 'wider class', (copy) => (copy['pattern'] = pattern.replace('[0-5]', '[0-9]'))],
      ] as Change[])
    : []),
]

const boundNames = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
]

const boundChanges = (schema: Node): Change[] =>
  boundNames.flatMap((name): Change[] => {
    const bound = schema[name]
    if (typeof bound !== 'number') return []
    return [
      ['S14', `${name} dropped`, (copy) => delete copy[name]],
      ['S14', `${name} plus 1`, (copy) => (copy[name] = bound + 1)],
      ['S14', `${name} minus 1`, (copy) => (copy[name] = bound - 1)],
    ]
  })

const objectChanges = (names: string[], additional: Json | undefined): Change[] =>
  additional === undefined
    ? names.length === 0
      ? []
      : [['S17', 'closed', (copy) => (copy['additionalProperties'] = false)]]
    : [
        ['S16', 'open', (copy) => delete copy['additionalProperties']],
        ['S17', 'closed', (copy) => (copy['additionalProperties'] = false)],
      ]

/** Bounds that nobody promised: a stand-in stricter than the service is wrong as well. */
function addedBounds(schema: Node, own: string[], hasWords: boolean): Change[] {
  const add = (name: string, value: Json): Change[] =>
    schema[name] === undefined ? [['S18', name, (copy) => (copy[name] = value)]] : []
  const isFree = schema['format'] === undefined && schema['pattern'] === undefined && !hasWords
  if (own.includes('string') && isFree)
    return [
      ...add('minLength', 1),
      ...add('maxLength', 200),
      ...add('pattern', '^[A-Za-z0-9_.-]*$'),
      [
        'S21',
        'enum',
        (copy) =>
          (copy['enum'] = [
            'success',
            'failure',
            ...(typesOf(copy).includes('null') ? [null] : []),
          ]),
      ],
    ]
  if (own.includes('integer') || own.includes('number'))
    return [
      ...add('minimum', 0),
      ...add('minimum', 1).map(([, , change]): Change => ['S18', 'minimum 1', change]),
      ...add('maximum', 1_000_000),
    ]
  if (own.includes('array')) return [...add('minItems', 1), ...add('maxItems', 25)]
  return []
}

/** S: every change of every schema that the document writes out. */
export const schemaMutants = (document: SpecDocument): SpecMutant[] =>
  schemaPlaces(document).flatMap((path) =>
    changesOf(nodeAt(document, path)).map(([operator, what, change]) => ({
      id: `${operator}:${pointer(path)}:${what}`,
      operator,
      apply: (copy) => change(nodeAt(copy, path)),
    })),
  )
