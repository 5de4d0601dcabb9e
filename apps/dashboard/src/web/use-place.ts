import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import type { Page } from './page.ts'
import { setUrl } from './use-view.ts'
import { toFilterQuery } from './view.ts'

function placeQuery({ agentId, view, range }: Page) {
  const { sort, call = 0 } = view
  const query = { ...toFilterQuery(view, agentId, range), sort, id: call }
  return api.queryOptions('get', '/api/place', { params: { query } })
}

/** Position of the open call among the filtered ones; undefined until it is known. */
export const usePlace = (page: Page) =>
  useQuery({ ...placeQuery(page), enabled: page.view.call !== undefined }).data

/** Opens a neighbor of the open call, as soon as its position is known. */
export function useStep(page: Page): (to: 'previous' | 'next') => Promise<void> {
  const queries = useQueryClient()
  return async (to) => {
    const place = await queries.fetchQuery(placeQuery(page)).catch(() => undefined)
    const open = new URLSearchParams(location.search).get('call')
    const id = place?.[to]
    // The call can be closed before.
    if (id && open === String(page.view.call)) setUrl({ call: String(id) }, false)
  }
}
