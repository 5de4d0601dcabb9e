import type { Json, SpecDocument } from '@cekura-kit/spec'
import {
  createEdit,
  describeChange,
  isNode,
  toPointer,
  valueAt,
  type Change,
  type Edit,
  type Node,
  type Path,
} from './edit.ts'
import { addedEntries, keywordValues } from './keyword-values.ts'
import { listPlaces, methods, objectFields, type Kind, type Place } from './places.ts'
import { schemaEdits } from './schema-edits.ts'

const isScalar = (value: Json): boolean => typeof value !== 'object' || value === null

/** Other values one step away: a bound moved by one, a word misspelled. */
function neighborsOf(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, value - 1]
  if (typeof value === 'boolean') return [!value]
  return typeof value === 'string' ? [`${value}x`] : ['x']
}

/** Changes a value by one step, or one member of it: a list without a member, an enum value renamed. */
function* stepChanges(path: Path, value: Json): Generator<Change> {
  if (isScalar(value)) {
    for (const other of neighborsOf(value)) yield { do: 'set', path, value: other }
    return
  }
  yield { do: 'set', path: [...path, Array.isArray(value) ? '-' : 'added'], value: 'added' }
  for (const [key, member] of Object.entries(value as Node)) {
    yield { do: 'remove', path: [...path, key] }
    if (isScalar(member)) yield* stepChanges([...path, key], member)
  }
}

/** Keywords that only people read. Examples are among them, although a mock serves them. */
const prose = new Set([
  'description',
  'summary',
  'title',
  'tags',
  'info',
  'externalDocs',
  '$comment',
])
const documentation = new Set([...prose, 'example', 'examples'])

/** Keywords whose edits are listed elsewhere, by kind; components go together with references. */
const ownEdits: { [kind in Kind]?: readonly string[] } = {
  schema: ['type', 'properties'],
  document: ['components'],
}
const hasOwnEdits = (kind: Kind, keyword: string): boolean =>
  kind === 'components' || keyword.startsWith('x-') || !!ownEdits[kind]?.includes(keyword)

/** Adds, changes and removes every keyword, known or not. */
function* keywordEdits({ kind, path, node }: Place): Generator<Edit> {
  const values = keywordValues[kind]
  const nested = new Set(objectFields(kind).map(([name]) => name))
  // Prose and versions change in one way only, and nested objects are places with edits of their own.
  const isOpaque = (keyword: string): boolean =>
    kind === 'callback' || keyword === 'openapi' || nested.has(keyword) || prose.has(keyword)
  for (const keyword of new Set([...Object.keys(values), ...Object.keys(node)])) {
    if (hasOwnEdits(kind, keyword)) continue
    const before = node[keyword]
    const at = [...path, keyword]
    const changes = new Map<string, Change>()
    const add = (change: Change): unknown => changes.set(describeChange(change), change)
    for (const value of values[keyword] ?? []) add({ do: 'set', path: at, value })
    if (before !== undefined && !isOpaque(keyword))
      for (const change of stepChanges(at, before)) add(change)
    if (before !== undefined) changes.delete(describeChange({ do: 'set', path: at, value: before }))
    const verb = before === undefined ? 'add' : 'change'
    for (const change of changes.values()) yield createEdit(`${kind}.${keyword}.${verb}`, change)
    if (before !== undefined)
      yield createEdit(`${kind}.${keyword}.remove`, { do: 'remove', path: at })
  }
}

/** Another name that fits where the name is a path, a status, a media type or a word. */
function otherNames(kind: Kind, name: string): string[] {
  if (kind === 'pathItem')
    return [name.endsWith('/') ? name.slice(0, -1) : `${name}/`, `/renamed${name}`]
  if (kind === 'response') return [/^\d/.test(name) ? `${name[0]}18` : '418']
  if (kind === 'mediaType') return ['application/vnd.renamed+json']
  return [`${name}Renamed`]
}

/** Adds, removes, renames and reorders the entries of a list or map of objects. */
function* entryEdits({ kind, path, node }: Place): Generator<Edit> {
  for (const [field, shape] of objectFields(kind)) {
    const entries = node[field]
    const at = [...path, field]
    const operator = (verb: string): string => `${kind}.${field}.${verb}`
    // Properties go together with `required`, components with references to them.
    if (typeof shape === 'string' || field === 'properties' || kind === 'components') continue
    const child = Array.isArray(shape) ? shape[0] : shape.mapOf
    const added = Object.entries(addedEntries[child] ?? {})
    if (Array.isArray(entries)) {
      for (const index of entries.keys())
        yield createEdit(operator('removeEntry'), { do: 'remove', path: [...at, String(index)] })
      for (const [, value] of added)
        yield createEdit(operator('addEntry'), { do: 'set', path: [...at, '-'], value })
    }
    if (!isNode(entries)) continue
    for (const name of Object.keys(entries)) {
      yield createEdit(operator('removeEntry'), { do: 'remove', path: [...at, name] })
      for (const to of otherNames(child, name))
        if (!(to in entries))
          yield createEdit(operator('renameEntry'), { do: 'rename', path: [...at, name], to })
    }
    for (const [name, value] of added)
      if (!(name in entries))
        yield createEdit(operator('addEntry'), { do: 'set', path: [...at, name], value })
    // Order has a meaning for examples only: a mock serves the first.
    if (child === 'example' && Object.keys(entries).length > 1)
      yield createEdit(operator('reverse'), { do: 'reverse', path: at })
  }
}

/** Moves an operation to another method of its path, and gives the path another method. */
function* methodEdits({ path, node }: Place): Generator<Edit> {
  const present = methods.filter((method) => method in node)
  for (const method of present)
    for (const other of methods.filter((name) => !present.includes(name))) {
      yield createEdit('pathItem.method.rename', {
        do: 'rename',
        path: [...path, method],
        to: other,
      })
      const copy = { ...(node[method] as object), operationId: 'added' }
      yield createEdit('pathItem.method.add', { do: 'set', path: [...path, other], value: copy })
    }
}

const otherSchemes: { [name: string]: Json } = {
  bearer: { type: 'http', scheme: 'bearer' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  header: { type: 'apiKey', in: 'header', name: 'x-api-key' },
}

const require = (value: Json): Change => ({ do: 'set', path: ['security'], value })

/** Replaces a security scheme, and offers or demands another next to it. */
function* schemeEdits(document: SpecDocument, { path }: Place): Generator<Edit> {
  const name = path.at(-1)!
  for (const [other, value] of Object.entries(otherSchemes)) {
    const add: Change = { do: 'set', path: [...path.slice(0, -1), other], value }
    yield createEdit('securityScheme.replace', { do: 'set', path, value })
    if (document['security'] === undefined) continue
    yield createEdit('securityScheme.offer', add, require([{ [name]: [] }, { [other]: [] }]))
    yield createEdit('securityScheme.demand', add, require([{ [name]: [], [other]: [] }]))
  }
}

/** Every reference in a document, with the path of its `$ref`. */
function listReferences(value: Json, path: Path = []): { path: Path; ref: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string'
      ? [{ path: [...path, key], ref: child }]
      : listReferences(child, [...path, key]),
  )
}

/** Renames a component with the references to it; removes one that nothing refers to. */
function* componentEdits(document: SpecDocument, { path, node }: Place): Generator<Edit> {
  const references = listReferences(document)
  for (const [section] of objectFields('components')) {
    const entries = node[section]
    // A security scheme is referred to by its name, not by a reference.
    if (section === 'securitySchemes' || !isNode(entries)) continue
    for (const name of Object.keys(entries)) {
      const at = [...path, section, name]
      const ref = `#${toPointer(at)}`
      const to = `${name}Renamed`
      const users = references.filter((reference) => reference.ref === ref)
      yield createEdit(
        `components.${section}.rename`,
        { do: 'rename', path: at, to },
        ...users.map((user): Change => ({ do: 'set', path: user.path, value: `${ref}Renamed` })),
      )
      if (users.length === 0)
        yield createEdit(`components.${section}.remove`, { do: 'remove', path: at })
    }
  }
}

/** Points a reference to another component of the same section. */
function* referenceEdits(document: SpecDocument, { kind, path, node }: Place): Generator<Edit> {
  const ref = node['$ref']
  if (typeof ref !== 'string') return
  const parts = ref.split('/')
  const section = valueAt(document, parts.slice(1, -1))
  for (const name of isNode(section) ? Object.keys(section) : []) {
    const value = [...parts.slice(0, -1), name].join('/')
    if (value !== ref)
      yield createEdit(`${kind}.$ref.change`, { do: 'set', path: [...path, '$ref'], value })
  }
}

/** Every edit that the engine knows for a place. */
export function* listEdits(document: SpecDocument, place: Place): Generator<Edit> {
  const isReference = '$ref' in place.node
  if (isReference) yield* referenceEdits(document, place)
  // Only a schema may have other keywords next to a reference.
  if (isReference && place.kind !== 'schema') return
  yield* keywordEdits(place)
  yield* entryEdits(place)
  if (place.kind === 'schema') yield* schemaEdits(place)
  if (place.kind === 'pathItem') yield* methodEdits(place)
  if (place.kind === 'securityScheme') yield* schemeEdits(document, place)
  if (place.kind === 'components') yield* componentEdits(document, place)
}

/** Whether an edit changes what people read and nothing that a type or a validator sees. */
export function isDocumentationEdit({ operator }: Edit): boolean {
  const [kind, keyword] = operator.split('.')
  return kind === 'example' || documentation.has(keyword!)
}

/**
 * One edit at one place of a document, each place equally likely.
 *
 * @param random a number in [0, 1) per call; pass a seeded one to draw the same edit again
 * @param accepts which edits may be drawn; default all but documentation
 * @throws {Error} when no edit is accepted
 */
export function drawEdit(
  document: SpecDocument,
  random: () => number,
  accepts: (edit: Edit) => boolean = (edit) => !isDocumentationEdit(edit),
): Edit {
  const pick = (length: number): number => Math.floor(random() * length)
  const places = listPlaces(document)
  while (places.length > 0) {
    const [place] = places.splice(pick(places.length), 1)
    const edits = [...listEdits(document, place!)].filter(accepts)
    if (edits.length > 0) return edits[pick(edits.length)]!
  }
  throw new Error('Cannot draw an edit: none is accepted at any place of the document')
}
