/**
 * Who reads a value: `request` is written by a consumer, `response` is read by one, `exact` is
 * neither, because more and less are the same there (below `not`, `if`, exclusive alternatives).
 * `read-only` is a property that consumers may write and the API ignores.
 */
export type Direction = 'request' | 'response' | 'exact' | 'read-only'

/** One difference, relative to the value it was found in. */
export interface Edit {
  /** What happened, such as `request-property-removed`: a key of the policy's tables. */
  kind: string
  /** Below the value: `.results[].topic`, or empty. */
  path: string
  /** The old side in a few words, empty when there was none. */
  before: string
  /** The new side in a few words, empty when there is none. */
  after: string
  /** The same edit wherever a shared component shows it. */
  origin: object
}

export const createEdit = (kind: string, path: string, before = '', after = ''): Edit => ({
  kind,
  path,
  before,
  after,
  origin: {},
})

/** Edits of a part, as edits of the whole; each shared edit once. */
export function within(path: string, edits: readonly Edit[]): Edit[] {
  return edits.map((edit) => ({ ...edit, path: path + edit.path }))
}

/** Each edit of a shared component once, at the first place that shows it. */
export function once(edits: readonly Edit[]): Edit[] {
  const seen = new Set<object>()
  return edits.filter(({ origin }) => !seen.has(origin) && seen.add(origin))
}

export const documentationChanged = 'docs-changed'

export const changesMeaning = (edits: readonly Edit[]): boolean =>
  edits.some(({ kind }) => kind !== documentationChanged)
