import { readView, viewNames } from './view.ts'

export interface SavedView {
  name: string
  /** What the address says after `?`. */
  search: string
}

export const savedViewsKey = 'cekura-kit.views'
export const maxViews = 50
export const maxNameCharacters = 60
const maxSearchCharacters = 4000

/** The part of an address that a view keeps: all but the open call, and nothing it cannot read. */
export function toViewSearch(search: string): string {
  const given = new URLSearchParams(search)
  const wrong = new Set<string>(readView(given).wrong)
  const kept = viewNames.flatMap((name) => {
    const value = given.get(name)
    return value === null || wrong.has(name) ? [] : [[name, value]]
  })
  return new URLSearchParams(kept).toString()
}

/** Views as the browser kept them; what is not one, in whole or in part, is left out. */
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
