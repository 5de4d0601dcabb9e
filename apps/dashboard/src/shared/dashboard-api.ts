import type { CallLogStatus, paths } from '@cekura-kit/types'

/** Time ranges that can be asked for by name. */
export const rangeNames = ['1h', '24h', '7d', '14d', '30d'] as const
export type RangeName = (typeof rangeNames)[number]

const hourMs = 3_600_000
export const dayMs = 24 * hourMs
export const rangeSpansMs: Record<RangeName, number> = {
  '1h': hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '14d': 14 * dayMs,
  '30d': 30 * dayMs,
}
/** What the service answers when no range is asked for. */
export const defaultRange: RangeName = '30d'
/** The longest range that is read, in parts that the service accepts. */
export const longestRangeDays = 92

/** Columns that calls can be sorted by; a leading `-` means descending. */
export const sortKeys = ['timestamp', 'duration', 'status', 'reason', 'topic', 'id'] as const
export type SortKey = (typeof sortKeys)[number] | `metric:${number}`
export const sortPattern = new RegExp(`^-?(${sortKeys.join('|')}|metric:\\d{1,15})$`)

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
  /** Instant at which the oldest of the calls were read. */
  readAt?: string
  /** Instant until which the service asked to wait; reading goes on then. */
  waitingUntil?: string
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
  dropoff: string
  number: string
  scores: { id: number; score?: number; label?: string }[]
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

/** The values of a field, most frequent first. */
export interface Facet {
  values: FacetValue[]
  /** How many values there are, those that are not listed included. */
  distinct: number
  /** Calls with a value that is not listed. */
  rest: number
}

/** Where a call stands among the filtered calls; all null when it is not among them. */
export interface PlaceAnswer {
  index: number | null
  total: number
  previous: number | null
  next: number | null
}

export interface MetricSummary {
  id: number
  name: string
  kind: 'number' | 'label'
  count: number
  median: number | null
  /** Decimals that its scores have, at most 3. */
  decimals: number
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
  /** Whether the window holds every call of its span, or only the newest. */
  isWhole: boolean
  buckets: Bucket[]
  metrics: MetricSummary[]
  facets: Record<FacetName, Facet>
}

export const facetNames = ['status', 'reason', 'topic', 'reviewed'] as const
export type FacetName = (typeof facetNames)[number]

export interface WindowQuery {
  agent_id: number
  range?: RangeName
  from?: string
  to?: string
  /** `newer` ends a named range now and reads what has come since; `all` reads all of it again. */
  fresh?: 'newer' | 'all'
}

export interface FilterQuery {
  agent_id: number
  from: string
  to: string
  /** Several values are joined by `|`. @see writeList */
  status?: string
  reason?: string
  topic?: string
  reviewed?: string
  min?: number
  max?: number
  /** Several are joined by `|`. @see readMetricFilter */
  metric?: string
  q?: string
}

/** What a reader sees of a call once its row is revealed. */
export type PersonalFields = Readonly<Record<string, unknown>>

export const exportFormats = ['csv', 'ndjson'] as const
export const exportRules = ['mask', 'hash', 'drop', 'keep'] as const

export interface ExportQuery extends FilterQuery {
  sort?: string
  format: (typeof exportFormats)[number]
  /** What becomes of personal fields; `keep` only where numbers may be revealed. */
  pii: (typeof exportRules)[number]
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
    { agentId: number | null; canReveal: boolean; source: string; maxRows: number }
  >
  '/api/place': Get<FilterQuery & { sort?: string; id: number }, PlaceAnswer>
  '/api/window': Get<WindowQuery, WindowState>
  '/api/rows': Get<FilterQuery & { sort?: string; offset?: number; limit?: number }, RowsAnswer>
  '/api/summary': Get<FilterQuery & { offset?: number }, SummaryAnswer>
  '/api/newer': Get<
    { agent_id: number; from: string; to: string },
    { count: number; more: boolean }
  >
  '/api/reveal': Get<{ agent_id: number; id: number; at?: string }, { fields: PersonalFields }>
}
