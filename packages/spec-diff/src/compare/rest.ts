import type { Rest, SchemaView } from '../document/schema-view.ts'
import type { Pair } from './pair.ts'
import { changesMeaning } from './edit.ts'

type Mode = 'unsaid' | 'any' | 'none' | 'schema'

const modeOf = (rest: Rest | undefined, open: boolean): Mode => {
  if (!rest) return open ? 'any' : 'unsaid'
  return rest.schema === false ? 'none' : 'schema'
}

const words: { [mode in Mode]: string } = {
  unsaid: 'other properties not mentioned',
  any: 'any other properties',
  none: 'no other properties',
  schema: 'other properties with a schema',
}

/**
 * Compares `additionalProperties`. Unsaid accepts what `true` does, but only `true` lets a
 * TypeScript consumer write or read such properties.
 */
export function compareRest(pair: Pair): void {
  const { a, b, direction, schemas, add, include } = pair
  if (a.rests.length > 1 || b.rests.length > 1) {
    const same =
      a.open === b.open &&
      a.rests.length === b.rests.length &&
      a.rests.every((rest, i) => isSame(pair, rest, b.rests[i]!))
    if (!same) add('additional-properties-of-several-changed')
    return
  }
  const [[old], [next]] = [a.rests, b.rests]
  // Generators give the keyword a meaning for other types too.
  if ((old || next || a.open || b.open) && !(isObject(a) && isObject(b))) {
    if (!old !== !next || a.open !== b.open || (old && !isSame(pair, old, next!)))
      add('additional-properties-of-no-object-changed')
    return
  }
  const [from, to] = [modeOf(old, a.open), modeOf(next, b.open)]
  if (from === 'schema' && to === 'schema')
    include('.*', schemas.compare([old!.schema], [next!.schema], direction))
  else if (from !== to) add(`additional-properties-${from}-to-${to}`, '', words[from], words[to])
  if (old && next && a.open !== b.open) add('additional-properties-of-several-changed')
  if (old && next)
    for (const name of old.names)
      if (!next.names.has(name) && b.properties.has(name))
        add('property-moved-out-of-closed-object', `.${name}`)
}

const isObject = ({ types }: SchemaView): boolean =>
  types !== undefined && types.has('object') && [...types].every((type) => /object|null/.test(type))

function isSame({ schemas }: Pair, old: Rest, next: Rest): boolean {
  return (
    [...old.names].join('\n') === [...next.names].join('\n') &&
    !changesMeaning(schemas.compare([old.schema], [next.schema], 'exact'))
  )
}
