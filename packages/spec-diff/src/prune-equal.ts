import type { Json, SpecDocument } from '@cekura-kit/spec'
import { entries, isPath, partsOf, type Part, type Parts } from './document-parts.ts'
import { placesListed } from './report.ts'
import { isNode, type Node } from './schema-view.ts'
import type { Direction } from './value-walk.ts'

/**
 * Leaves out of two documents the paths and components whose types cannot differ in a way that
 * is not told already: generating and checking their types is what a large document costs.
 *
 * Left out is what is the same on both sides with everything it refers to. And of the paths that
 * differ only by leading to a changed component, in plain use, all but as many as are listed for
 * an edit: the others would say the same once more.
 *
 * What is left refers to nothing that is gone. Where a path or component could depend on more
 * than its references (a discriminator, a reference into a path, other security for all),
 * nothing is left out.
 */
export function pruneEqual(
  before: SpecDocument,
  after: SpecDocument,
): [before: SpecDocument, after: SpecDocument] {
  const sides = [partsOf(before), partsOf(after)]
  const [old, next] = sides
  if (!old || !next || !sameForAll(before, after)) return [before, after]

  const parts = new Map([...old.parts, ...next.parts])
  const changed = new Set<string>()
  for (const key of parts.keys())
    if (old.parts.get(key)?.text !== next.parts.get(key)?.text) changed.add(key)
  const touched = withUsers(changed, [old, next])
  const told = new Set(
    [...touched].filter(
      (key) => changed.has(key) || [...parts.get(key)!.joined].some((used) => touched.has(used)),
    ),
  )
  const kept = [...told, ...sample(parts, touched, told), ...old.roots, ...next.roots]
  // What one side needs, both keep: a part that is the same must not look removed.
  const all = closure(new Set(kept), [old, next])
  return [keep(before, all), keep(after, all)]
}

/** Whether what holds for every operation is the same on both sides. */
const sameForAll = (before: SpecDocument, after: SpecDocument): boolean =>
  [before, after]
    .map(({ security, components }) =>
      JSON.stringify([security, isNode(components) ? components['securitySchemes'] : undefined]),
    )
    .every((text, _i, [first]) => text === first)

const referred = ({ references: { read, write } }: Part): string[] => [...read, ...write]

/** The changed parts and every part that leads to one. */
function withUsers(changed: ReadonlySet<string>, sides: readonly Parts[]): Set<string> {
  const users = new Map<string, string[]>()
  for (const { parts } of sides)
    for (const [user, part] of parts)
      for (const key of referred(part)) {
        const list = users.get(key)
        if (list) list.push(user)
        else users.set(key, [user])
      }
  const touched = new Set(changed)
  // A set hands out what is added while it is walked.
  for (const key of touched) for (const user of users.get(key) ?? []) touched.add(user)
  return touched
}

/**
 * Of the parts that are the same and lead to what is told elsewhere, so many that each of those
 * is met in either direction at as many places as are listed: the first ones, as all would be.
 */
function sample(
  parts: ReadonlyMap<string, Part>,
  touched: ReadonlySet<string>,
  told: ReadonlySet<string>,
): string[] {
  const met: Record<Direction, Map<string, number>> = { read: new Map(), write: new Map() }
  const reach = (key: string, direction: Direction): ReadonlySet<string> => {
    const found = new Set(
      [...parts.get(key)!.references[direction]].filter((used) => touched.has(used)),
    )
    for (const component of found)
      for (const used of referred(parts.get(component)!)) if (touched.has(used)) found.add(used)
    return found
  }
  const reached = new Set<string>()
  const isNeeded = (key: string): boolean => {
    let isNeeded = false
    for (const direction of ['read', 'write'] as const)
      for (const component of reach(key, direction)) {
        reached.add(component)
        if (!told.has(component)) continue
        const places = met[direction].get(component) ?? 0
        met[direction].set(component, places + 1)
        // Twice as many, because some show the same place.
        if (places < 2 * placesListed) isNeeded = true
      }
    return isNeeded
  }
  const same = [...touched].filter((key) => !told.has(key))
  const paths = new Set(same.filter(isPath))
  return [
    // In the document's order: an edit is told by its first place.
    ...[...parts.keys()].filter((key) => paths.has(key) && isNeeded(key)),
    // Compared by their names where no operation leads to them.
    ...same.filter((key) => !isPath(key) && !reached.has(key)),
  ]
}

/** The given parts and everything they lead to on either side. */
function closure(keys: Set<string>, sides: readonly Parts[]): Set<string> {
  for (const key of keys)
    for (const { parts } of sides) {
      const part = parts.get(key)
      if (part) for (const used of referred(part)) keys.add(used)
    }
  return keys
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
