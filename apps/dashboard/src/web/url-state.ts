import { useSyncExternalStore } from 'react'

const changed = 'dashboard:url'

function subscribe(listener: () => void): () => void {
  for (const name of ['popstate', changed]) addEventListener(name, listener)
  return () => {
    for (const name of ['popstate', changed]) removeEventListener(name, listener)
  }
}

/** Changes some of the page's state in the URL; undefined removes. A step of the history unless told. */
export function setUrl(change: Record<string, string | undefined>, replace = false): void {
  const next = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  const url = `${location.pathname}${next.size > 0 ? `?${next}` : ''}`
  history[replace ? 'replaceState' : 'pushState'](null, '', url)
  dispatchEvent(new Event(changed))
}

/** The page's state: everything but the theme stands in the URL. */
export const useUrl = (): URLSearchParams =>
  new URLSearchParams(useSyncExternalStore(subscribe, () => location.search))

/** The chosen values of a facet. */
export const readList = (url: URLSearchParams, name: string): string[] =>
  url.get(name)?.split('|').map(decodeURIComponent) ?? []

/** Adds a value to a facet's choice, or takes it out. */
export function toggle(url: URLSearchParams, name: string, value: string): void {
  const chosen = readList(url, name)
  const next = chosen.includes(value)
    ? chosen.filter((other) => other !== value)
    : [...chosen, value]
  setUrl({ [name]: next.map(encodeURIComponent).join('|') })
}
