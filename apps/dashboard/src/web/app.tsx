import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { rangeNames, type FilterQuery, type Problem } from '../shared/dashboard-api.ts'
import type { RangeName, WindowState } from '../shared/dashboard-api.ts'
import { api } from './api.ts'
import { CallChart } from './call-chart.tsx'
import { CallDrawer } from './call-drawer.tsx'
import { CallTable } from './call-table.tsx'
import { FacetPanel } from './facet-panel.tsx'
import { formatCount, formatTime } from './format.ts'
import { KpiStrip } from './kpi-strip.tsx'
import { ProblemPanel } from './problem-panel.tsx'
import { setUrl, useUrl } from './url-state.ts'

const offline: Problem = {
  code: 'offline',
  title: 'The dashboard’s server does not answer',
  fix: 'Check that it still runs.',
}
const problemOf = (error: unknown): Problem =>
  (error as { error?: Problem } | null)?.error ?? offline

interface CallsProps {
  agentId: number
  window: WindowState
  url: URLSearchParams
}

function Calls({ agentId, window, url }: CallsProps) {
  const zone = url.get('tz') ?? 'UTC'
  const filter: FilterQuery = { agent_id: agentId, from: window.from, to: window.to }
  for (const name of ['status', 'reason', 'topic', 'reviewed', 'q'] as const) {
    const value = url.get(name)
    if (value) filter[name] = value
  }
  for (const name of ['min', 'max'] as const) {
    const value = url.get(name)
    if (value && /^\d+$/.test(value)) filter[name] = Number(value)
  }
  const span = Date.parse(window.to) - Date.parse(window.from)
  const from = new Date(Date.parse(window.from) - span).toISOString()
  const before = { ...filter, from, to: window.from }
  const options = { placeholderData: keepPreviousData }
  const summary = api.useQuery('get', '/api/summary', { params: { query: filter } }, options)
  const previous = api.useQuery('get', '/api/summary', { params: { query: before } })
  if (summary.error)
    return (
      <ProblemPanel problem={problemOf(summary.error)} onRetry={() => void summary.refetch()} />
    )
  if (!summary.data) return <p className="state">Counting…</p>
  const { kpis, buckets, facets, windowCalls } = summary.data
  return (
    <>
      <KpiStrip now={kpis} before={previous.data?.kpis} />
      <CallChart buckets={buckets} zone={zone} />
      <div className="columns">
        <FacetPanel facets={facets} url={url} />
        <section className="calls">
          <p className="note" aria-live="polite">
            {formatCount(kpis.calls)} of {formatCount(windowCalls)} calls
            {window.coveredFrom &&
              `; the newest ${formatCount(window.loaded)} of ${formatCount(window.expected ?? 0)}, from ${formatTime(window.coveredFrom, zone)} on`}
          </p>
          {kpis.calls === 0 ? (
            <div className="state">
              <h2>No calls here</h2>
              <p>Reset the filters, or choose a longer time range.</p>
            </div>
          ) : (
            <CallTable
              filter={filter}
              total={kpis.calls}
              sort={url.get('sort') ?? '-timestamp'}
              zone={zone}
            />
          )}
        </section>
      </div>
    </>
  )
}

/** The page: what is asked for stands in the URL, what is shown comes from the server. */
export function App() {
  const url = useUrl()
  const search = useRef<HTMLInputElement>(null)
  const settings = api.useQuery('get', '/api/settings', { params: { query: {} } })
  const agentId = Number(url.get('agent') ?? settings.data?.agentId ?? 0)
  const named = url.get('range') as RangeName
  const range = rangeNames.includes(named) ? named : '7d'
  const window = api.useQuery(
    'get',
    '/api/window',
    { params: { query: { agent_id: agentId, range } } },
    {
      enabled: agentId > 0,
      refetchInterval: ({ state }) => (state.data?.state === 'loading' ? 400 : false),
    },
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      search.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const retry = (): void => {
    void window.refetch()
  }
  const state = window.data
  const call = url.get('call')
  return (
    <>
      <header className="top">
        <h1>Call logs</h1>
        <label>
          Agent{' '}
          <input
            key={agentId}
            inputMode="numeric"
            defaultValue={agentId || ''}
            onKeyDown={({ key, currentTarget: { value } }) => {
              if (key === 'Enter' && /^\d+$/.test(value)) setUrl({ agent: value, call: undefined })
            }}
          />
        </label>
        <label>
          Range{' '}
          <select value={range} onChange={({ target }) => setUrl({ range: target.value })}>
            {rangeNames.map((name) => (
              <option key={name} value={name}>
                last {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Times in{' '}
          <select
            value={url.get('tz') ?? 'UTC'}
            onChange={({ target }) => setUrl({ tz: target.value === 'UTC' ? undefined : 'local' })}
          >
            <option value="UTC">UTC</option>
            <option value="local">local time</option>
          </select>
        </label>
        <input
          ref={search}
          type="search"
          aria-label="Search id, call id or topic"
          placeholder="Search id, call id, topic ( / )"
          value={url.get('q') ?? ''}
          onChange={({ target }) => setUrl({ q: target.value }, true)}
        />
        {settings.data && <span className="note">{settings.data.source}</span>}
      </header>
      <main>
        {settings.error && (
          <ProblemPanel problem={offline} onRetry={() => void settings.refetch()} />
        )}
        {settings.data && agentId === 0 && (
          <p className="state">Type an agent’s number above and press Enter.</p>
        )}
        {window.error && <ProblemPanel problem={problemOf(window.error)} onRetry={retry} />}
        {state?.state === 'failed' && (
          <ProblemPanel key={state.loadedAt} problem={state.problem ?? offline} onRetry={retry} />
        )}
        {state?.state === 'loading' && (
          <div className="state" role="status">
            <h2>Reading calls…</h2>
            <p>
              {formatCount(state.loaded)} of {formatCount(state.expected ?? 0)}
            </p>
            <progress max={state.expected || 1} value={state.loaded} />
          </div>
        )}
        {state?.state === 'ready' && <Calls agentId={agentId} window={state} url={url} />}
      </main>
      {call && /^\d+$/.test(call) && agentId > 0 && (
        <CallDrawer key={call} agentId={agentId} id={call} />
      )}
    </>
  )
}
