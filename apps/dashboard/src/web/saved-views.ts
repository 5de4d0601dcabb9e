import { readView, upgradeLink, viewNames } from './view.ts'

export interface SavedView {
  name: string
  /** The query of the URL, without `?`. */
  search: string
}

export const savedViewsKey = 'cekura-kit.views'
export const maxViews = 50
export const maxNameCharacters = 60
const maxSearchCharacters = 4000

/** The part of a query that a view has: all valid parameters but the open call. */
export function toViewSearch(search: string): string {
  const given = upgradeLink(search)
  const { ignored } = readView(given)
  const kept = viewNames.flatMap((name) => {
    const value = given.get(name)
    return value === null || ignored[name] !== undefined ? [] : [[name, value]]
  })
  return new URLSearchParams(kept).toString()
}

/** The stored views; what is not valid is left out. */
export function readSavedViews(stored: unknown): SavedView[] {
  if (!Array.isArray(stored)) return []
  const names = new Set<string>()
  return stored.slice(0, maxViews).flatMap((entry: unknown) => {
    const { name, search } = (entry ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || typeof search !== 'string') return []
    const title = name.trim()
    if (title === '' || title.length > maxNameCharacters || names.has(title)) return []
    if (search.length > maxSearchCharacters) return []
    names.add(title)
    return [{ name: title, search: toViewSearch(search) }]
  })
}
