import type { CallLogStatus, paths } from '@cekura-kit/types'

/** Time ranges that can be asked for by name. */
export const rangeNames = ['1h', '24h', '7d', '14d', '30d'] as const
export type RangeName = (typeof rangeNames)[number]

/** Columns that calls can be sorted by; a leading `-` means descending. */
export const sortKeys = ['timestamp', 'duration', 'status', 'reason', 'topic', 'id'] as const
export type SortKey = (typeof sortKeys)[number]

/** The window of time that everything on the page speaks of, both ends pinned. */
export interface WindowState {
  from: string
  to: string
  state: 'loading' | 'ready' | 'failed'
  /** Calls read so far. */
  loaded: number
  /** Calls there are, by the service's `count`; undefined before the first answer. */
  expected?: number
  /** Set when the window holds more calls than are kept: only those from here on are. */
  coveredFrom?: string
  /** Instant at which the walk ended. */
  loadedAt?: string
  problem?: Problem
}

/** Why a request was not answered, in words for a person. */
export interface Problem {
  code: string
  title: string
  fix: string
  retryAfterMs?: number
}

/** A row of the table; the caller's number is masked. */
export interface CallRow {
  id: number
  call_id: string
  timestamp: string
  seconds: number | null
  success: boolean | null
  status: CallLogStatus
  reviewed: boolean
  reason: string
  topic: string
  number: string
  agent: number | null
  scores: { id: number; name: string; text: string; score: number | null }[]
}

export interface RowsAnswer {
  total: number
  offset: number
  rows: CallRow[]
}

export interface Bucket {
  start: string
  end: string
  success: number
  failure: number
  /** `success` is null or missing. */
  unjudged: number
}

export interface FacetValue {
  value: string
  count: number
}

export interface MetricSummary {
  id: number
  name: string
  kind: 'number' | 'label'
  count: number
  median: number | null
  bins: { from: number; to: number; count: number }[]
  labels: FacetValue[]
}

export interface Kpis {
  calls: number
  successes: number
  failures: number
  unjudged: number
  reviewed: number
  medianSeconds: number | null
  p90Seconds: number | null
}

export interface SummaryAnswer {
  kpis: Kpis
  /** Calls in the window, filters aside. */
  windowCalls: number
  buckets: Bucket[]
  reasons: FacetValue[]
  metrics: MetricSummary[]
  facets: Record<FacetName, FacetValue[]>
}

export const facetNames = ['status', 'reason', 'topic', 'reviewed'] as const
export type FacetName = (typeof facetNames)[number]

export interface WindowQuery {
  agent_id: number
  range?: RangeName
  from?: string
  to?: string
  /** 1 pins a new end and reads the window again. */
  fresh?: 1
}

export interface FilterQuery {
  agent_id: number
  from: string
  to: string
  /** Repeatable values are joined with `|`, and escaped by percent-encoding. */
  status?: string
  reason?: string
  topic?: string
  reviewed?: string
  min?: number
  max?: number
  /** `310:2..4` for a score, `312:positive` for a label. */
  metric?: string
  q?: string
}

type Get<Query, Answer> = {
  get: {
    parameters: { query: Query; header?: never; path?: never; cookie?: never }
    responses: {
      200: { headers: Record<string, unknown>; content: { 'application/json': Answer } }
      default: {
        headers: Record<string, unknown>
        content: { 'application/json': { error: Problem } }
      }
    }
  }
  parameters: { query?: never; header?: never; path?: never; cookie?: never }
}

/** The server's routes. The call-log path is the API's own, masked. */
export interface DashboardPaths {
  '/observability/v1/call-logs/': paths['/observability/v1/call-logs/']
  '/api/settings': Get<
    Record<string, never>,
    { agentId: number | null; canReveal: boolean; source: string; mostRows: number }
  >
  '/api/window': Get<WindowQuery, WindowState>
  '/api/rows': Get<FilterQuery & { sort?: string; offset?: number; limit?: number }, RowsAnswer>
  '/api/summary': Get<FilterQuery, SummaryAnswer>
  '/api/newer': Get<
    { agent_id: number; from: string; to: string },
    { count: number; more: boolean }
  >
  '/api/reveal': Get<{ agent_id: number; id: number }, { customer_number: string }>
}
