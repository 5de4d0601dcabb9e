import { keepPreviousData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { FilterQuery, Problem, SummaryAnswer, WindowState } from '../shared/dashboard-api.ts'
import { api, client } from './api.ts'
import type { TimeChoice } from './view.ts'

const loadingPollMs = 400
const newerPollMs = 10_000

/** What the server said went wrong, or that it said nothing. */
export function toProblem(error: unknown): Problem {
  const told = (error as { error?: Problem } | null)?.error
  if (told?.title) return told
  return {
    code: 'offline',
    title: 'The dashboard’s server does not answer',
    fix: 'Check that it still runs, and that this machine is online.',
  }
}

export const useSettings = () => api.useQuery('get', '/api/settings', { params: { query: {} } })

const toWindowQuery = (agentId: number, time: TimeChoice) =>
  'range' in time
    ? { agent_id: agentId, range: time.range }
    : { agent_id: agentId, from: time.from, to: time.to }

/** The window of time, asked again while it is read; its ends stay pinned from then on. */
export function useWindow(agentId: number | undefined, time: TimeChoice) {
  const query = toWindowQuery(agentId ?? 0, time)
  const queries = useQueryClient()
  const init = { params: { query } }
  const { queryKey } = api.queryOptions('get', '/api/window', init)
  const window = api.useQuery('get', '/api/window', init, {
    enabled: agentId !== undefined,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.state === 'loading' ? loadingPollMs : false),
  })
  /** Reads what has come since, or all of it again. */
  const refresh = async (fresh: 'newer' | 'all'): Promise<void> => {
    const { data } = await client.GET('/api/window', { params: { query: { ...query, fresh } } })
    if (!data) return void window.refetch()
    // The same instants can hold other calls now.
    for (const path of ['/api/summary', '/api/rows', '/api/place'])
      queries.removeQueries({ queryKey: ['get', path], type: 'inactive' })
    queries.setQueryData(queryKey, data)
  }
  return { ...window, refresh }
}

/** The figures of the filtered calls; those of the last filter until they come. */
export function useSummary(filter: FilterQuery, offset: number, readAt: string | undefined) {
  const queries = useQueryClient()
  const init = { params: { query: { ...filter, offset } } }
  const summary = api.useQuery('get', '/api/summary', init, { placeholderData: keepPreviousData })
  useEffect(() => {
    // Read again with the same ends: the figures may differ.
    void queries.invalidateQueries({ queryKey: ['get', '/api/summary'] })
    void queries.invalidateQueries({ queryKey: ['get', '/api/rows'] })
  }, [queries, readAt])
  return summary
}

/**
 * The same filter over the equal span before; nothing while it is read or when it cannot be.
 * Parts of spans compare to nothing, so a part is neither compared nor compared with.
 */
export function useBefore(filter: FilterQuery, isWhole: boolean): SummaryAnswer | undefined {
  const span = Date.parse(filter.to) - Date.parse(filter.from)
  const from = new Date(Date.parse(filter.from) - span).toISOString()
  const query = { ...filter, from, to: filter.from }
  const init = { params: { query } }
  const { data } = api.useQuery('get', '/api/summary', init, { enabled: isWhole })
  return isWhole && data?.isWhole ? data : undefined
}

/** How many calls have come since the window's end; asked only while the page is seen. */
export function useNewer(agentId: number, window: WindowState, isFollowed: boolean) {
  const query = { agent_id: agentId, from: window.from, to: window.to }
  return api.useQuery(
    'get',
    '/api/newer',
    { params: { query } },
    { enabled: isFollowed, refetchInterval: newerPollMs, staleTime: 0, refetchOnMount: 'always' },
  )
}

function subscribeOnline(listener: () => void): () => void {
  for (const name of ['online', 'offline']) addEventListener(name, listener)
  return () => {
    for (const name of ['online', 'offline']) removeEventListener(name, listener)
  }
}

export const useOnline = (): boolean =>
  useSyncExternalStore(subscribeOnline, () => navigator.onLine)
