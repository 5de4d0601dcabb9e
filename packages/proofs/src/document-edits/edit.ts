import type { Json, SpecDocument } from '@cekura-kit/spec'

/** Keys and list indexes that lead from the document to a value. */
export type Path = readonly string[]

/** A JSON object. */
export type Node = { [key: string]: Json }

export const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON Pointer (RFC 6901) of a path. */
export const toPointer = (path: Path): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Value at a path; undefined when the document has no such place. */
export function valueAt(document: Json, path: Path): Json | undefined {
  let value: Json | undefined = document
  for (const key of path)
    value = typeof value === 'object' && value !== null ? (value as Node)[key] : undefined
  return value
}

/**
 * One change of a document. `set` on index `-` appends to a list, `rename` keeps the order of keys,
 * `reverse` turns it around.
 */
export type Change =
  | { do: 'set'; path: Path; value: Json }
  | { do: 'reverse'; path: Path }
  | { do: 'remove'; path: Path }
  | { do: 'rename'; path: Path; to: string }

/** A single edit of a document: data that can be stored, printed and applied again. */
export interface Edit {
  /** Kind of edit: object kind, keyword and verb, such as `schema.type.set`. */
  operator: string
  /** Mostly one; more where one alone would leave a reference without its target. */
  changes: readonly Change[]
}

export const createEdit = (operator: string, ...changes: Change[]): Edit => ({ operator, changes })

/** One line, such as `set /info/title to "Calls"`. */
export function describeChange(change: Change): string {
  const place = toPointer(change.path)
  if (change.do === 'set') return `set ${place} to ${JSON.stringify(change.value)}`
  return change.do === 'rename' ? `rename ${place} to ${change.to}` : `${change.do} ${place}`
}

/** One line that names the edit and its place; the same for the same edit, so it serves as an id. */
export const describeEdit = ({ changes }: Edit): string => changes.map(describeChange).join(' and ')

function applyChange(root: Json, change: Change): void {
  const key = change.path.at(-1)!
  const owner = valueAt(root, change.path.slice(0, -1))
  if (typeof owner !== 'object' || owner === null)
    throw new Error(`Cannot ${describeChange(change)}: the document has no such place`)
  if (Array.isArray(owner)) {
    if (change.do === 'remove') owner.splice(Number(key), 1)
    else if (change.do === 'set' && key === '-') owner.push(structuredClone(change.value))
    else if (change.do === 'set') owner[Number(key)] = structuredClone(change.value)
    return
  }
  if (change.do === 'remove') delete owner[key]
  else if (change.do === 'set') owner[key] = structuredClone(change.value)
  else if (change.do === 'reverse')
    owner[key] = Object.fromEntries(Object.entries(owner[key] as Node).toReversed())
  else {
    const entries = Object.entries(owner)
    for (const old of Object.keys(owner)) delete owner[old]
    for (const [old, value] of entries) owner[old === key ? change.to : old] = value
  }
}

/**
 * A copy of the document with the edit applied.
 *
 * @throws {Error} when the document lacks a place that the edit names
 */
export function applyEdit(document: SpecDocument, { changes }: Edit): SpecDocument {
  const copy = structuredClone(document)
  for (const change of changes) applyChange(copy, change)
  return copy
}
