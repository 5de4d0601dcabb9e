import { useMemo, useSyncExternalStore } from 'react'
import { filterNames, readView, viewNames, type UrlName, type View } from './view.ts'

const changed = 'dashboard:url'

function subscribe(listener: () => void): () => void {
  for (const name of ['popstate', changed]) addEventListener(name, listener)
  return () => {
    for (const name of ['popstate', changed]) removeEventListener(name, listener)
  }
}

export type UrlChange = Partial<Record<UrlName, string | undefined>>

/** The address after a change; undefined removes a name. */
export function urlWith(change: UrlChange): string {
  const next = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) next.delete(name)
    else next.set(name, value)
  }
  return `${location.pathname}${next.size > 0 ? `?${next}` : ''}`
}

/** The address of an open call, up to its id. */
export function callLink(): string {
  const closed = urlWith({ call: undefined })
  return `${closed}${closed.includes('?') ? '&' : '?'}call=`
}

/** Changes some of the page's state in the address: a step of the history, unless told. */
export function setUrl(change: UrlChange, isStep = true): void {
  const url = urlWith(change)
  if (url === `${location.pathname}${location.search}`) return
  history[isStep ? 'pushState' : 'replaceState'](null, '', url)
  dispatchEvent(new Event(changed))
}

const none = (names: readonly UrlName[]): UrlChange =>
  Object.fromEntries(names.map((name) => [name, undefined]))

export const resetFilters = (): void => setUrl(none(filterNames))

/** Shows a saved view: all it says, and nothing else. */
export function applyView(search: string): void {
  const params = new URLSearchParams(search)
  const given = viewNames.map((name) => [name, params.get(name) ?? undefined])
  setUrl({ ...Object.fromEntries(given), call: undefined })
}

/** The page's state as the address says it, and the names it says wrongly. */
export function useView(): { view: View; wrong: UrlName[] } {
  const search = useSyncExternalStore(subscribe, () => location.search)
  return useMemo(() => readView(new URLSearchParams(search)), [search])
}
