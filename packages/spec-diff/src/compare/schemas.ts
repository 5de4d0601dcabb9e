import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isNode, mapOf, namesOf, nodeAt } from '../document/node.ts'
import { viewSchema, type Conjunction, type SchemaView } from '../document/schema-view.ts'
import { compareDeprecated } from './fields.ts'
import { compareRest } from './rest.ts'
import { compareUnions } from './unions.ts'
import { compareAssertions, compareLimits, compareTypes, compareValues } from './values.ts'
import { describeSchema, describeValue } from './describe.ts'
import {
  createEdit,
  documentationChanged,
  once,
  within,
  type Direction,
  type Edit,
} from './edit.ts'
import type { Pair, SchemaComparison } from './pair.ts'

/**
 * Compares schemas of two documents. Each pair is compared once for a direction; a pair inside
 * itself counts as equal there, because its edits are listed where it began.
 */
export function compareSchemasOf(old: SpecDocument, next: SpecDocument): SchemaComparison {
  const done = new Map<string, Edit[]>()
  const met = new Map<string, Set<Direction>>()
  const [viewBefore, viewAfter] = [createViews(old), createViews(next)]
  const schemas: SchemaComparison = {
    documents: [old, next],
    nodesAt: (before, after) => [nodeAt(old, before), nodeAt(next, after)],
    met,
    before: viewBefore,
    after: viewAfter,
    compare: (before, after, direction) => {
      const edits = schemas.compareAll(before, after, direction)
      const isComplete = direction === 'exact' || !isSameComponent(before, after)
      return isComplete ? edits : edits.slice(0, maxListed)
    },
    compareAll(before, after, direction) {
      const [a, b] = [viewBefore(before), viewAfter(after)]
      for (const name of direction === 'exact' ? [] : [...a.components, ...b.components])
        met.set(name, (met.get(name) ?? new Set()).add(direction))
      const key = `${a.id} ${b.id} ${direction}`
      const known = done.get(key)
      if (known) return known
      done.set(key, [])
      const edits: Edit[] = []
      comparePair({
        a,
        b,
        direction,
        schemas,
        add: (change, path = '', from, to) => {
          const isIgnored = direction === 'read-only' && limits.test(change)
          const kind = isIgnored ? 'limit-changed' : change
          edits.push(createEdit(`${direction}-${kind}`, path, from, to))
        },
        include: (path, found) => edits.push(...within(path, found)),
      })
      const result = once(edits)
      done.set(key, result)
      return result
    },
  }
  return schemas
}

/** Edits that the API does not look at in a property that it ignores. */
const limits = /^(bound|pattern|format|list-may-be-empty)\b/

/** Edits of one component that a use of it lists. */
const maxListed = 100

/** Whether both sides are a reference to the component of one name and nothing else. */
const isSameComponent = ([before, ...others]: Conjunction, [after]: Conjunction): boolean =>
  others.length === 0 &&
  isNode(before) &&
  isNode(after) &&
  Object.keys(before).join() === '$ref' &&
  Object.keys(after).join() === '$ref' &&
  before['$ref'] === after['$ref'] &&
  String(before['$ref']).startsWith('#/components/schemas/')

/** Views of one document, each made once. */
function createViews(document: SpecDocument): (conjunction: Conjunction) => SchemaView {
  const views = new Map<Conjunction | Json, SchemaView>()
  return (conjunction) => {
    const key = conjunction.length === 1 ? conjunction[0]! : conjunction
    const made = views.get(key) ?? viewSchema(document, conjunction)
    views.set(key, made)
    return made
  }
}

function comparePair(pair: Pair): void {
  const { a, b, add, include } = pair
  if (a.documentation !== b.documentation) include('', [createEdit(documentationChanged, '')])
  include('', compareDeprecated(a.deprecated, b.deprecated))
  for (const flag of ['readOnly', 'writeOnly'] as const)
    if (a[flag] !== b[flag])
      add(`${flag === 'readOnly' ? 'read' : 'write'}-only-${b[flag] ? 'added' : 'removed'}`)
  compareDefaults(pair, '', a, b, 'default')
  compareTypes(pair)
  compareValues(pair)
  compareLimits(pair)
  compareAssertions(pair)
  compareProperties(pair)
  compareRest(pair)
  compareUnions(pair)
  compareOpaque(pair)
  if (a.items.length > 0 || b.items.length > 0)
    include('[]', pair.schemas.compare(a.items, b.items, pair.direction))
}

const printKeyword = (name: string, value: Json | undefined): string =>
  value === undefined ? '' : `${name} ${describeValue(value)}`

/** Keywords that only equality is known to be harmless for. */
function compareOpaque({ a, b, add }: Pair): void {
  const lost = [...a.opaque].filter(([text]) => !b.opaque.has(text)).map(([, node]) => mapOf(node))
  const gained = [...b.opaque]
    .filter(([text]) => !a.opaque.has(text))
    .map(([, node]) => mapOf(node))
  for (let i = 0; i < Math.max(lost.length, gained.length); i++) {
    const [old, next] = [lost[i] ?? new Map<string, Json>(), gained[i] ?? new Map<string, Json>()]
    for (const name of namesOf(old, next)) {
      const [from, to] = [printKeyword(name, old.get(name)), printKeyword(name, next.get(name))]
      if (from !== to) add(`keyword-${name}-changed`, '', from, to)
    }
  }
}

function compareProperties(pair: Pair): void {
  const { a, b, direction, schemas, add, include } = pair
  for (const name of namesOf(a.properties, b.properties)) {
    const [before, after] = [a.properties.get(name), b.properties.get(name)]
    const path = `.${name}`
    if (!before) {
      const required = b.required.has(name) ? '-required' : ''
      add(`property-added${required}`, path, '', describeSchema(schemas.after(after!)))
    } else if (!after) {
      add('property-removed', path, describeSchema(schemas.before(before)))
    } else {
      const [old, next] = [schemas.before(before), schemas.after(after)]
      const ignored = direction === 'request' && old.readOnly && next.readOnly
      const edits = schemas.compare(before, after, ignored ? 'read-only' : direction)
      // A default of a property has rules of its own.
      include(
        path,
        edits.filter((edit) => edit.path !== '' || !/^[a-z-]+-default-/.test(edit.kind)),
      )
      compareDefaults(pair, path, old, next, 'property-default')
    }
  }
  for (const name of new Set([...a.required, ...b.required])) {
    if (a.required.has(name) === b.required.has(name)) continue
    const isNew = !a.properties.has(name) && b.properties.has(name)
    const isGone = a.properties.has(name) && !b.properties.has(name)
    if (isNew || isGone) continue
    // A generator can write `unknown` for a schema with an unlisted name.
    const isListed = a.properties.has(name) || b.properties.has(name)
    if (direction === 'response' && !isListed) add('unlisted-required-changed', `.${name}`)
    else add(b.required.has(name) ? 'became-required' : 'became-optional', `.${name}`)
  }
}

/** A generator with its usual settings makes a property with a default required. */
function compareDefaults(
  { add }: Pair,
  path: string,
  a: SchemaView,
  b: SchemaView,
  subject: string,
): void {
  const [from, to] = [[...a.defaults.keys()].join(' & '), [...b.defaults.keys()].join(' & ')]
  if (from === to) return
  const change = !from ? 'added' : !to ? 'removed' : 'changed'
  add(`${subject}-${change}`, path, from, to)
}
