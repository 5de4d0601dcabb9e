import { keepPreviousData, onlineManager, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Problem, RangeState } from '../shared/dashboard-api.ts'
import { api, client } from './api.ts'
import type { Page, Shown } from './page.ts'
import { toFilterQuery, type View } from './view.ts'

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
export function useRange(agentId: number | undefined, { range: name, from, to, tz }: View) {
  const ends = from !== undefined && to !== undefined ? { from, to } : { range: name }
  const query = { agent_id: agentId ?? 0, zone: tz, ...ends }
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
  const span = `${key} ${range.data?.from} ${range.data?.to}`
  const seen = useRef(span)
  useEffect(() => {
    // The same range has other calls now. Another range has other queries.
    if (seen.current === span)
      for (const path of paths) void queries.invalidateQueries({ queryKey: ['get', path] })
    seen.current = span
  }, [queries, span, shown, state, readAt])
  return { ...range, data: known ?? range.data, hasCalls: known !== undefined, reload }
}

/** The calls that match the view; those of the last view until its summary is loaded. */
export function useShown(page: Page | undefined, view: View) {
  const isComparable = page?.range.state === 'ready' && !page.range.isPart
  const filter = toFilterQuery(view, page?.agentId ?? 0, page?.range ?? { from: '', to: '' })
  const query = { ...filter, by: view.by }
  const useSummary = (more: { compare?: true }, enabled: boolean) =>
    api.useQuery(
      'get',
      '/api/summary',
      { params: { query: { ...query, ...more } } },
      { enabled, placeholderData: keepPreviousData },
    )
  const plain = useSummary({}, page !== undefined)
  const compared = useSummary({ compare: true }, isComparable)
  const last = useRef<Pick<Shown, 'filter' | 'by' | 'summary'>>(undefined)
  const current = [...(isComparable ? [compared] : []), plain].find(
    ({ data, isPlaceholderData }) => data && !isPlaceholderData,
  )?.data
  if (last.current?.filter.agent_id !== page?.agentId) last.current = undefined
  if (page && current) last.current = { filter, by: view.by, summary: current }
  const shown: Shown | undefined = page &&
    last.current && {
      ...page,
      ...last.current,
      isCurrent: current !== undefined,
      isComparing:
        page.range.state === 'loading' || (isComparable && compared.isFetching && !compared.data),
      comparisonProblem: isComparable && compared.error ? toProblem(compared.error) : undefined,
    }
  return { ...plain, shown }
}

export const useOnline = (): boolean =>
  useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
