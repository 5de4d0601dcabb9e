import type { Json } from '@cekura-kit/spec'
import { mapOf, namesOf } from '../document/node.ts'
import { changesMeaning, createEdit } from './edit.ts'
import { compareNamed, object, type Compare } from './fields.ts'
import type { SchemaComparison } from './pair.ts'

/** Schemas of one media type, parameter or header; a missing one accepts everything. */
export const schemaOf = (value: Json | undefined): Json[] => (value === undefined ? [] : [value])

const mediaType = object({
  schema: (schemas, a, b, direction) => schemas.compare(schemaOf(a), schemaOf(b), direction),
})

/** The media type that client methods and aliases use. */
export const findJson = (content: ReadonlyMap<string, Json>): string | undefined =>
  [...content.keys()].find((name) => /^application\/(.+\+)?json\b/i.test(name))

const mediaSchema = (media: Json): Json[] => schemaOf(mapOf(media).get('schema'))

/** Whether a new body is one that readers already know. */
export const hasBodyOf = (schemas: SchemaComparison, old: Json, next: Json): boolean =>
  !changesMeaning(schemas.compare(mediaSchema(old), mediaSchema(next), 'exact'))

/** Compares the media types of a body, a parameter or a header. */
export const compareContent: Compare = (schemas, before, after, direction) => {
  const [old, next] = [mapOf(before), mapOf(after)]
  const [main, newMain] = [findJson(old), findJson(next)]
  const isReplaced =
    main !== undefined &&
    newMain !== undefined &&
    main !== newMain &&
    !hasBodyOf(schemas, old.get(main)!, next.get(newMain)!)
  const edits = compareNamed(old, next, {
    at: (name) =>
      namesOf(old, next).size > 1 && old.has(name) && next.has(name) ? ` (${name})` : '',
    added: (media, name) => {
      const known = [...old.values()].some((other) => hasBodyOf(schemas, other, media))
      const like = direction === 'response' && known ? '-like-others' : ''
      return [createEdit(`${direction}-media-type-added${like}`, '', '', name)]
    },
    removed: (_, name) => [createEdit(`${direction}-media-type-removed`, '', name)],
    both: (from, to) => mediaType(schemas, from, to, direction),
  })
  return isReplaced
    ? [createEdit(`${direction}-main-media-type-changed`, '', main, newMain), ...edits]
    : edits
}
