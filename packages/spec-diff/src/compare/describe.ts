import { createHash } from 'node:crypto'
import type { Json } from '@cekura-kit/spec'
import { canonicalText } from '../document/node.ts'
import type { SchemaView } from '../document/schema-view.ts'

const maxCharacters = 60

/** A JSON value in a few characters; one that is cut is identified by a hash. */
export function describeValue(value: Json | undefined): string {
  return value === undefined ? '' : describeText(canonicalText(value))
}

/** A text in a few characters. */
export function describeText(text: string): string {
  if (text.length <= maxCharacters) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return `${text.slice(0, maxCharacters - 12)}… (${hash})`
}

/** What a schema accepts, in a few words: `integer`, `"a" | "b"`, `CallLog[]`. */
export function describeSchema(view: SchemaView): string {
  const [name] = view.components
  if (view.values && view.values.size <= 12) return [...view.values.keys()].join(' | ')
  if (view.values) return `${view.values.size} values`
  if (name && view.components.length === 1) return name
  return view.types ? [...view.types].join(' | ') : 'anything'
}
