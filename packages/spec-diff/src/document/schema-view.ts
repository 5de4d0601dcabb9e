import type { Json, SpecDocument } from '@cekura-kit/spec'
import { canonicalText, follow, isNode, listOf, mapOf, memoize, type Node } from './node.ts'
import { meaningOf } from './meaning.ts'
import {
  hasImpliedType,
  isDocumentation,
  isNull,
  modernSchema,
  nullableAsUnion,
  shapingExtension,
  without,
  withNull,
} from './modern-schema.ts'

/** Schemas that must all accept a value. */
export type Conjunction = readonly Json[]

/** A limit: the value, and whether it is excluded. */
export interface Limit {
  at: number
  open: boolean
}

/** `additionalProperties` of one schema object, and the names that it leaves alone. */
export interface Rest {
  schema: Json
  names: ReadonlySet<string>
}

/** A set of alternatives. `exclusive` ones must match exactly once. */
export interface Union {
  exclusive: boolean
  members: readonly Json[]
}

/**
 * What a conjunction demands, merged. A keyword that a merge would change the meaning of stays
 * in `opaque`, together with the keywords of its schema object that it depends on.
 */
export interface SchemaView {
  /** Identifies the merged schema objects of one document. */
  id: string
  /** Undefined accepts every type. */
  types: ReadonlySet<string> | undefined
  /** Whether `type` is written; otherwise it follows from properties. */
  isTyped: boolean
  /** By canonical text; undefined accepts every value. */
  values: ReadonlyMap<string, Json> | undefined
  properties: ReadonlyMap<string, Conjunction>
  required: ReadonlySet<string>
  items: Conjunction
  limits: ReadonlyMap<string, Limit>
  /** Values of `pattern`, `format` and other keywords that stand for themselves. */
  assertions: ReadonlyMap<string, ReadonlyMap<string, Json>>
  rests: readonly Rest[]
  /** Whether types list any other property. */
  open: boolean
  unions: readonly Union[]
  /** What they mean, by its canonical text. */
  opaque: ReadonlyMap<string, Json>
  defaults: ReadonlyMap<string, Json>
  readOnly: boolean
  writeOnly: boolean
  deprecated: boolean
  /** Canonical text of descriptions, examples and extensions. */
  documentation: string
  /** Names of the component schemas that were merged, in order. */
  components: readonly string[]
}

const lower = new Set(['minimum', 'minLength', 'minItems', 'minProperties'])
const upper = new Set(['maximum', 'maxLength', 'maxItems', 'maxProperties'])
const assertions = new Set(['pattern', 'format', 'multipleOf', 'uniqueItems', shapingExtension])
const flags = new Set(['readOnly', 'writeOnly', 'deprecated'])
/** Definitions are compared where something refers to them. */
const definitions = new Set(['$defs', 'definitions'])
const nothing: Node = { not: {} }

/** A number for each schema object of a document. */
let nextId = 0
const idOf = memoize((_atom: Node): number => nextId++)

interface Flat {
  atoms: Node[]
  components: string[]
}

/** The schema objects of a conjunction, with references followed and `allOf` taken apart. */
function flatten(document: SpecDocument, conjunction: Conjunction): Flat {
  const flat: Flat = { atoms: [], components: [] }
  const seen = new Set<Node>()
  const add = (schema: Json): void => {
    if (schema === false) flat.atoms.push(nothing)
    if (!isNode(schema) || seen.has(schema)) return
    seen.add(schema)
    const union = nullableAsUnion(schema)
    if (union) return addOwn(union)
    const { $ref, allOf } = schema
    if (typeof $ref === 'string') {
      const { value, reference } = follow(document, { $ref })
      if (reference?.startsWith('#/components/schemas/'))
        flat.components.push(reference.slice('#/components/schemas/'.length))
      add(value!)
    }
    for (const part of listOf(allOf)) add(part)
    addOwn(ownOf(schema))
  }
  const addOwn = (own: Node): void => {
    for (const union of ['anyOf', 'oneOf'] as const) {
      const members = listOf(own[union])
      const others = members.filter((member) => !isNull(member))
      if (members.length === 0 || others.length !== 1) continue
      const rest = withoutUnion[union](own)
      if (members.length === 1) {
        add(members[0]!)
        return addOwn(rest)
      }
      const lifted = liftNull(others)
      if (!lifted) continue
      flat.atoms.push(...lifted)
      return addOwn(rest)
    }
    if (Object.keys(own).length > 0) flat.atoms.push(modernSchema(own))
  }
  const liftNull = (parts: Conjunction): Node[] | undefined => {
    const inner = flatten(document, parts)
    const lifted = inner.atoms.map(withNull)
    if (lifted.includes(undefined)) return undefined
    flat.components.push(...inner.components)
    return lifted as Node[]
  }
  for (const schema of conjunction) add(schema)
  return flat
}

const ownOf = without('$ref', 'allOf')
const withoutUnion = { anyOf: without('anyOf'), oneOf: without('oneOf') }

const accepts = (types: Iterable<string>, type: string): boolean =>
  [...types].some((one) => one === type || (one === 'number' && type === 'integer'))

function intersectTypes(
  a: ReadonlySet<string> | undefined,
  b: readonly string[],
): ReadonlySet<string> {
  if (!a) return new Set(b)
  return new Set([
    ...[...a].filter((type) => accepts(b, type)),
    ...b.filter((type) => accepts(a, type)),
  ])
}

const tighter = (name: string, a: Limit | undefined, b: Limit): Limit => {
  if (!a) return b
  if (a.at === b.at) return a.open ? a : b
  return a.at > b.at === lower.has(name) ? a : b
}

const limitOf = (value: Json): Limit | undefined =>
  typeof value === 'number' ? { at: value, open: false } : ((value as Limit | null) ?? undefined)

type Draft = { -readonly [key in keyof SchemaView]: SchemaView[key] } & {
  properties: Map<string, Json[]>
  required: Set<string>
  limits: Map<string, Limit>
  assertions: Map<string, Map<string, Json>>
  rests: Rest[]
  unions: Union[]
  opaque: Map<string, Json>
  defaults: Map<string, Json>
  items: Json[]
}

function mergeAtom(document: SpecDocument, view: Draft, atom: Node, docs: string[]): void {
  const opaque = new Map<string, Json>()
  for (const [name, value] of Object.entries(atom)) {
    if (isDocumentation(name)) docs.push(`${name}:${canonicalText(value)}`)
    else if (name === 'type') {
      view.types = intersectTypes(view.types, value as string[])
      view.isTyped ||= !hasImpliedType(atom)
    } else if (name === 'enum') {
      const values = new Map(listOf(value).map((one) => [canonicalText(one), one]))
      const old = view.values
      view.values = old ? new Map([...values].filter(([text]) => old.has(text))) : values
    } else if (name === 'properties')
      for (const [key, schema] of mapOf(value))
        view.properties.set(key, [...(view.properties.get(key) ?? []), schema])
    else if (name === 'required') for (const key of listOf(value)) view.required.add(String(key))
    else if (name === 'items' && !('prefixItems' in atom)) view.items.push(value)
    else if (lower.has(name) || upper.has(name))
      view.limits.set(name, tighter(name, view.limits.get(name), limitOf(value)!))
    else if (assertions.has(name))
      view.assertions.set(
        name,
        new Map([...(view.assertions.get(name) ?? []), [canonicalText(value), value]]),
      )
    else if (name === 'additionalProperties' && !('patternProperties' in atom)) {
      // What accepts everything restricts nothing, wherever it is merged.
      if (value === true || canonicalText(value) === '{}') view.open = true
      else view.rests.push({ schema: value, names: new Set(mapOf(atom['properties']).keys()) })
    } else if (name === 'anyOf' || name === 'oneOf')
      view.unions.push({ exclusive: name === 'oneOf', members: listOf(value) })
    else if (name === 'default') view.defaults.set(canonicalText(value), value)
    else if (flags.has(name) && value === true)
      view[name as 'readOnly' | 'writeOnly' | 'deprecated'] = true
    else if (!definitions.has(name)) opaque.set(name, value)
  }
  if (opaque.size === 0) return
  const meaning = meaningOf(document, Object.fromEntries(opaque), docs)
  view.opaque.set(canonicalText(meaning), meaning)
}

/** Merges a conjunction of one document. */
export function viewSchema(document: SpecDocument, conjunction: Conjunction): SchemaView {
  const { atoms, components } = flatten(document, conjunction)
  const view: Draft = {
    id: atoms.map(idOf).join('+'),
    types: undefined,
    isTyped: false,
    values: undefined,
    properties: new Map(),
    required: new Set(),
    items: [],
    limits: new Map(),
    assertions: new Map(),
    rests: [],
    open: false,
    unions: [],
    opaque: new Map(),
    defaults: new Map(),
    readOnly: false,
    writeOnly: false,
    deprecated: false,
    documentation: '',
    components,
  }
  const docs: string[] = []
  for (const atom of new Set(atoms)) mergeAtom(document, view, atom, docs)
  view.documentation = [...new Set(docs)].toSorted().join('\n')
  return view
}
