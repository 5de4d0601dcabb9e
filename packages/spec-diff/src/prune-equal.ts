import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isNode, type Node } from './schema-view.ts'

/** One side: the text and the references of every path and component. */
interface Parts {
  texts: Map<string, string>
  references: Map<string, Set<string>>
  /** What the rest of the document refers to, webhooks for one. */
  roots: Set<string>
}

const component = /^#\/components\/([^/]+)\/([^/]+)/
const decode = (name: string): string =>
  decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')

/**
 * Leaves out of two documents the paths and components that are the same on both sides, with
 * everything they refer to: they cannot hold a difference, and generating and checking their
 * types is what a large document costs.
 *
 * What is left refers to nothing that is gone. Where a path or component could depend on more
 * than its references (a discriminator, a reference into a path, other security for all),
 * nothing is left out.
 */
export function pruneEqual(
  before: SpecDocument,
  after: SpecDocument,
): [before: SpecDocument, after: SpecDocument] {
  const [old, next] = [partsOf(before), partsOf(after)]
  if (!old || !next || !sameForAll(before, after)) return [before, after]

  const changed = new Set<string>()
  for (const key of new Set([...old.texts.keys(), ...next.texts.keys()]))
    if (old.texts.get(key) !== next.texts.get(key)) changed.add(key)
  spread(changed, [old, next])

  // What one side needs, both keep: a part that is the same must not look removed.
  const kept = closure(new Set([...changed, ...old.roots, ...next.roots]), [old, next])
  return [keep(before, kept), keep(after, kept)]
}

/** Undefined where references do not tell everything a part depends on. */
function partsOf(document: SpecDocument): Parts | undefined {
  const parts: Parts = { texts: new Map(), references: new Map(), roots: new Set() }
  const { paths, components, ...rest } = document
  if (!collect(rest, parts.roots)) return undefined
  const read = (key: string, value: Json): boolean => {
    const found = new Set<string>()
    parts.texts.set(key, JSON.stringify(value))
    parts.references.set(key, found)
    return collect(value, found)
  }
  for (const [path, item] of entries(paths)) if (!read(`paths ${path}`, item)) return undefined
  for (const [section, members] of entries(components)) {
    if (section === 'securitySchemes') continue
    for (const [name, member] of entries(members))
      if (!read(`${section} ${name}`, member)) return undefined
  }
  return parts
}

const entries = (value: Json | undefined): [string, Json][] =>
  isNode(value) ? Object.entries(value) : []

/** Adds the components a value refers to; false when it cannot be told what it depends on. */
function collect(value: Json, found: Set<string>): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every((item) => collect(item, found))
  if ('discriminator' in value) return false
  if (typeof value['$ref'] === 'string') {
    const [, section, name] = component.exec(value['$ref']) ?? []
    if (!section || !name) return false
    found.add(`${decode(section)} ${decode(name)}`)
  }
  return Object.values(value).every((item) => collect(item, found))
}

/** Whether what holds for every operation is the same on both sides. */
const sameForAll = (before: SpecDocument, after: SpecDocument): boolean =>
  [before, after]
    .map(({ security, components }) =>
      JSON.stringify([security, isNode(components) ? components['securitySchemes'] : undefined]),
    )
    .every((text, _i, [first]) => text === first)

/** Adds to the changed parts every part that leads to one. */
function spread(changed: Set<string>, sides: readonly Parts[]): void {
  const users = new Map<string, string[]>()
  for (const { references } of sides)
    for (const [user, used] of references)
      for (const key of used) {
        const list = users.get(key)
        if (list) list.push(user)
        else users.set(key, [user])
      }
  // A set hands out what is added while it is walked.
  for (const key of changed) for (const user of users.get(key) ?? []) changed.add(user)
}

/** The given parts and everything they lead to on either side. */
function closure(parts: Set<string>, sides: readonly Parts[]): Set<string> {
  for (const key of parts)
    for (const { references } of sides)
      for (const used of references.get(key) ?? []) parts.add(used)
  return parts
}

function keep(document: SpecDocument, kept: ReadonlySet<string>): SpecDocument {
  const pick = (section: string, members: Json | undefined): Node =>
    Object.fromEntries(entries(members).filter(([name]) => kept.has(`${section} ${name}`)))
  const { paths, components, ...rest } = document
  return {
    ...rest,
    ...(paths === undefined ? {} : { paths: pick('paths', paths) }),
    ...(components === undefined
      ? {}
      : {
          components: Object.fromEntries(
            entries(components).map(([section, members]) => [
              section,
              section === 'securitySchemes' ? members : pick(section, members),
            ]),
          ),
        }),
  }
}
