import { useMemo, useSyncExternalStore } from 'react'
import { filterNames } from '../shared/call-filter.ts'
import { readView, upgradeLink } from './view.ts'
import type { Ignored, UrlName, View } from './view.ts'

const changed = 'dashboard:url'

function subscribe(listener: () => void): () => void {
  for (const name of ['popstate', changed]) addEventListener(name, listener)
  return () => {
    for (const name of ['popstate', changed]) removeEventListener(name, listener)
  }
}

export type UrlChange = Partial<Record<UrlName, string | undefined>>

/** The page's query after a change; undefined removes a name. */
function searchWith(change: UrlChange): string {
  const next = upgradeLink(location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) next.delete(name)
    else next.set(name, value)
  }
  return next.size > 0 ? `?${next}` : ''
}

interface Shown {
  agentId: number
  from: string
  to: string
}

/** What makes a link show the same calls for everyone and at any time. */
const absolute = ({ agentId, from, to }: Shown): UrlChange => ({
  agent: String(agentId),
  range: undefined,
  from,
  to,
})

/** A link to what the page shows, for other people. */
export const shareLink = (shown: Shown, publicUrl: string | null, change: UrlChange = {}): string =>
  `${publicUrl?.replace(/\/$/, '') ?? location.origin}/${searchWith({ ...absolute(shown), ...change })}`

/** The path of an open call without its ID, for a new tab. */
export const callLink = (shown: Shown): string =>
  `${location.pathname}${searchWith({ ...absolute(shown), call: undefined })}&call=`

/** Changes some of the page's state in the URL, as a step of the history by default. */
export function setUrl(change: UrlChange, isStep = true): void {
  const url = location.pathname + searchWith(change)
  if (url === `${location.pathname}${location.search}`) return
  history[isStep ? 'pushState' : 'replaceState'](null, '', url)
  dispatchEvent(new Event(changed))
}

const without = (names: readonly UrlName[]): UrlChange =>
  Object.fromEntries(names.map((name) => [name, undefined]))

export const resetFilters = (): void => setUrl(without(filterNames))

/** The page's state by the URL, and what in it is not valid. */
export function useView(): { view: View; ignored: Ignored } {
  const search = useSyncExternalStore(subscribe, () => location.search)
  return useMemo(() => readView(new URLSearchParams(search)), [search])
}
