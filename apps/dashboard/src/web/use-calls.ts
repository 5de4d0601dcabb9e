import type { Dimension } from '@cekura-kit/call-format'
import { keepPreviousData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { FilterQuery, Problem, RangeState, Summary } from '../shared/dashboard-api.ts'
import { api, client } from './api.ts'
import type { TimeChoice } from './view.ts'

const loadingPollMs = 300
/** Until there are calls to show. */
const firstPollMs = 100

/** The server's description of a problem, or that there was no response. */
export function toProblem(error: unknown): Problem {
  const problem = (error as { error?: Problem } | null)?.error
  if (problem?.title) return problem
  return {
    code: 'offline',
    title: 'The dashboard’s server does not respond',
    fix: 'Check that it is running and that this computer is online.',
  }
}

export const useSettings = () =>
  api.useQuery('get', '/api/settings', { params: { query: {} } }, { staleTime: Infinity })

/** The agents of the key, and whether an agent is one of them; undefined when they are not known. */
export function useAgents(agentId: number | undefined) {
  const init = { params: { query: {} } }
  const { data } = api.useQuery('get', '/api/agents', init, { staleTime: Infinity })
  const agents = data?.agents ?? []
  const isListed = agents.length > 0 ? agents.some(({ id }) => id === agentId) : undefined
  return { agents, isListed, problem: data?.problem }
}

const paths = ['/api/summary', '/api/rows', '/api/place', '/api/trend']

/** The time range, requested again while it is loading; its ends stay fixed after that. */
export function useRange(agentId: number | undefined, time: TimeChoice, zone: string) {
  const ends = 'range' in time ? { range: time.range } : { from: time.from, to: time.to }
  const query = { agent_id: agentId ?? 0, zone, ...ends }
  const queries = useQueryClient()
  const init = { params: { query } }
  const { queryKey } = api.queryOptions('get', '/api/range', init)
  const range = api.useQuery('get', '/api/range', init, {
    enabled: agentId !== undefined,
    staleTime: Infinity,
    refetchInterval({ state: { data } }) {
      if (data?.state !== 'loading') return false
      return data.shown > 0 ? loadingPollMs : firstPollMs
    },
  })
  /** Loads everything again, up to now. */
  const reload = async (): Promise<void> => {
    const { data } = await client.GET('/api/range', {
      params: { query: { ...query, reload: true } },
    })
    if (data) queries.setQueryData(queryKey, data)
    else await range.refetch()
  }
  const last = useRef<{ key: string; range: RangeState }>(undefined)
  const key = JSON.stringify(query)
  const { shown, state, readAt } = range.data ?? {}
  if (range.data && (state === 'ready' || range.data.shown > 0))
    last.current = { key, range: range.data }
  // While calls are loaded again, the known ones stay on the page.
  const known = last.current?.key === key ? last.current.range : undefined
  useEffect(() => {
    // The same range has other calls now.
    for (const path of paths) void queries.invalidateQueries({ queryKey: ['get', path] })
  }, [queries, shown, state, readAt])
  return { ...range, data: known ?? range.data, hasCalls: known !== undefined, reload }
}

/** A summary and the filter that it is of: the table and the summary always show the same calls. */
export interface Shown {
  filter: FilterQuery
  by: Dimension
  summary: Summary
}

/** Summary of the filtered calls; of the last filter until it is loaded. */
export function useSummary(filter: FilterQuery, by: Dimension, range: RangeState) {
  const options = { placeholderData: keepPreviousData } as const
  const query = { ...filter, by }
  const plain = api.useQuery('get', '/api/summary', { params: { query } }, options)
  const isComparable = range.state === 'ready' && !range.isPart
  const compared = api.useQuery(
    'get',
    '/api/summary',
    { params: { query: { ...query, compare: true } } },
    { ...options, enabled: isComparable },
  )
  const last = useRef<Shown>(undefined)
  const current =
    isComparable && compared.data && !compared.isPlaceholderData
      ? compared.data
      : plain.isPlaceholderData
        ? undefined
        : plain.data
  if (current) last.current = { filter, by, summary: current }
  return {
    shown: last.current,
    isCurrent: current !== undefined,
    error: plain.error,
    errorUpdatedAt: plain.errorUpdatedAt,
    refetch: plain.refetch,
    isComparing: isComparable && compared.isFetching && !compared.data,
    comparisonProblem: isComparable && compared.error ? toProblem(compared.error) : undefined,
  }
}

function subscribeOnline(listener: () => void): () => void {
  for (const name of ['online', 'offline']) addEventListener(name, listener)
  return () => {
    for (const name of ['online', 'offline']) removeEventListener(name, listener)
  }
}

export const useOnline = (): boolean =>
  useSyncExternalStore(subscribeOnline, () => navigator.onLine)
