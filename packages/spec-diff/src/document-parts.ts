import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isNode } from './schema-view.ts'
import type { Direction } from './value-walk.ts'

/** A path, or a component, as its own words say it. */
export interface Part {
  text: string
  /** Keys of the components it refers to, by the way their values travel; `read` in a component. */
  references: Readonly<Record<Direction, ReadonlySet<string>>>
  /** Those that it puts together with something else, so that what they come to is said here. */
  joined: ReadonlySet<string>
}

export interface Parts {
  /** In the document's order: `paths /things`, then `schemas Thing` and the other components. */
  parts: Map<string, Part>
  /** What the rest of the document refers to, webhooks for one. */
  roots: Set<string>
}

export const isPath = (key: string): boolean => key.startsWith('paths ')

const component = /^#\/components\/([^/]+)\/([^/]+)/
const decode = (name: string): string =>
  decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')

/** Below these a reference stands for its value, wherever that is used. */
const plain = new Set([
  'additionalProperties',
  'content',
  'headers',
  'items',
  'parameters',
  'properties',
  'requestBody',
  'responses',
  'schema',
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
])
/** The keys below these are names. */
const maps = new Set(['content', 'headers', 'properties', 'responses'])
const directions = new Map<string, Direction>([
  ['parameters', 'write'],
  ['requestBody', 'write'],
  ['responses', 'read'],
])
const simple = new Set(['headers', 'parameters', 'requestBodies', 'responses', 'schemas'])
/** What beside a reference leaves its types as they are. */
const words = new Set(['$ref', 'description', 'summary'])

type Found = Record<Direction | 'joined', Set<string>>

/** Undefined where references do not tell everything a part depends on. */
export function partsOf(document: SpecDocument): Parts | undefined {
  const { paths, components, ...rest } = document
  const parts = new Map<string, Part>()
  const read = (key: string, value: Json): boolean => {
    const { joined, ...references } = nothing()
    parts.set(key, { text: JSON.stringify(value), references, joined })
    return collect(value, { ...references, joined })
  }
  const roots = nothing()
  if (!collect(rest, roots)) return undefined
  for (const [path, item] of entries(paths)) if (!read(`paths ${path}`, item)) return undefined
  for (const [section, members] of entries(components)) {
    if (section === 'securitySchemes') continue
    for (const [name, member] of entries(members))
      if (!read(`${section} ${name}`, member)) return undefined
  }
  return { parts, roots: new Set([...roots.read, ...roots.write]) }
}

const nothing = (): Found => ({ read: new Set(), write: new Set(), joined: new Set() })

export const entries = (value: Json | undefined): [string, Json][] =>
  isNode(value) ? Object.entries(value) : []

/** Adds the components a value refers to; false when it cannot be told what it depends on. */
function collect(
  value: Json,
  found: Found,
  direction: Direction = 'read',
  isJoined = false,
  hasNames = false,
): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every((item) => collect(item, found, direction, isJoined))
  if ('discriminator' in value) return false
  if (typeof value['$ref'] === 'string') {
    const [, section, name] = component.exec(value['$ref']) ?? []
    if (!section || !name) return false
    const key = `${decode(section)} ${decode(name)}`
    found[direction].add(key)
    if (isJoined || !simple.has(section) || Object.keys(value).some((other) => !words.has(other)))
      found.joined.add(key)
  }
  return Object.entries(value).every(([key, child]) =>
    hasNames
      ? collect(child, found, direction, isJoined)
      : collect(
          child,
          found,
          directions.get(key) ?? direction,
          isJoined || !plain.has(key),
          maps.has(key),
        ),
  )
}
