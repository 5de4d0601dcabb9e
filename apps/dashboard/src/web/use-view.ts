import { useMemo, useSyncExternalStore } from 'react'
import { filterNames } from '../shared/call-filter.ts'
import type { Page } from './page.ts'
import { parameters, readView, upgradeLink } from './view.ts'
import type { Ignored, UrlName, View } from './view.ts'

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  return () => removeEventListener('popstate', listener)
}

export type UrlChange = Partial<Record<UrlName, string | undefined>>

/** The page's query after a change; undefined removes a name, and so does its initial value. */
function searchWith(change: UrlChange): string {
  const next = upgradeLink(location.search)
  for (const [name, value] of Object.entries(change)) {
    const initial = String(parameters[name as UrlName].initial)
    if (value === undefined || value === initial) next.delete(name)
    else next.set(name, value)
  }
  return next.size > 0 ? `?${next}` : ''
}

/** What makes a link show the same calls for everyone and at any time. */
const absolute = ({ agentId, range: { from, to } }: Page): UrlChange => ({
  agent: String(agentId),
  range: undefined,
  from,
  to,
})

/** A link to what the page shows, for other people. */
export function shareLink(page: Page, change: UrlChange): string {
  const origin = page.settings.publicUrl?.replace(/\/$/, '') ?? location.origin
  return `${origin}/${searchWith({ ...absolute(page), ...change })}`
}

/** The path of an open call without its ID, for a new tab. */
export const callLink = (page: Page): string =>
  `${location.pathname}${searchWith({ ...absolute(page), call: undefined })}&call=`

/** Changes some of the page's state in the URL, as a step of the history by default. */
export function setUrl(change: UrlChange, isStep = true): void {
  const url = location.pathname + searchWith(change)
  if (url === `${location.pathname}${location.search}`) return
  history[isStep ? 'pushState' : 'replaceState'](null, '', url)
  // The browser itself reports only steps back and forward.
  dispatchEvent(new Event('popstate'))
}

/** Removes parameters, which then have their initial values. */
export const resetUrl = (names: readonly UrlName[], isStep?: boolean): void =>
  setUrl(Object.fromEntries(names.map((name) => [name, undefined])), isStep)

export const resetFilters = (): void => resetUrl(filterNames)

/** The page's state by the URL, and what in it is not valid. */
export function useView(): { view: View; ignored: Ignored } {
  const search = useSyncExternalStore(subscribe, () => location.search)
  return useMemo(() => readView(new URLSearchParams(search)), [search])
}
