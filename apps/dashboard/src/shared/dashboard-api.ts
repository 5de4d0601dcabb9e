import type { Breakdown, CallSummary, Dimension, MetricPoint } from '@cekura-kit/call-format'
import type { MeanChange, MetricSpread, RateChange, ValueCount } from '@cekura-kit/call-format'
import type { FilterName } from './call-filter.ts'
import type { CallRow } from './call-row.ts'
import type { FacetName } from './facets.ts'
import type { RangeName } from './ranges.ts'

/** Sent with every request of the page; other sites cannot send it. */
export const pageHeader = { 'x-dashboard-page': '1' }

/** Why a request failed, for the user. */
export interface Problem {
  code: string
  title: string
  fix: string
  retryAfterMs?: number
}

/** A time range and how much of it is loaded. */
export interface RangeState {
  from: string
  to: string
  state: 'loading' | 'ready' | 'failed'
  /** Calls that can be shown: all from `completeFrom` to the end of the range. */
  shown: number
  /** Calls loaded so far. */
  loaded: number
  /** Calls in the range by the API's `count`; undefined when it is not known. */
  expected?: number
  completeFrom: string
  /** The range has more calls than the server keeps; only the newest are loaded. */
  isPart: boolean
  /** Calls that could not be processed in full. */
  unreadable: number
  /** When the oldest of the calls were loaded. */
  readAt: string
  /** The API asked to wait until then. */
  waitingUntil?: string
  problem?: Problem
}

export interface RowsResponse {
  total: number
  rows: CallRow[]
}

/** The values of a facet, most frequent first. */
export interface FacetCounts {
  values: ValueCount[]
  /** Number of values, including those that are not listed. */
  distinct: number
}

/** Position of a call among the filtered calls; all null when it is not one of them. */
export interface PlaceResponse {
  index: number | null
  total: number
  previous: number | null
  next: number | null
}

export interface MetricSummary extends MetricSpread {
  /** Decimals of its scores in the complete range, at most 3. */
  decimals: number
  /** All scores of the complete range are those of passed and failed. */
  isBinary: boolean
}

export interface Period extends Omit<CallSummary, 'ended_reasons' | 'metrics'> {
  from: string
  to: string
}

/** Everything about the filtered calls but the rows. */
export interface Summary {
  now: Period
  /** The previous period; missing unless requested. */
  before?: Period
  /** Calls of the range, without filters. */
  rangeCalls: number
  metrics: MetricSummary[]
  /** Of the filter panel. */
  facets: Partial<Record<FacetName, FacetCounts>>
  breakdown: Breakdown
}

/** One metric over time. */
export interface MetricTrend {
  now: MetricPoint[]
  before?: MetricPoint[]
  /** Change of the mean, or of the pass rate of a binary metric. */
  change?: MeanChange | RateChange
}

/** A named range, or its ends. */
interface RangeQuery {
  agent_id: number
  range?: RangeName
  from?: string
  to?: string
  zone?: string
  /** Moves the end of a named range to now, and loads all calls again. */
  reload?: boolean
}

/** A filter, as `filterReaders` read it. */
export interface FilterQuery extends Partial<Record<FilterName, string | number>> {
  agent_id: number
  from: string
  to: string
  /** IANA time zone in which days and hours start; default UTC. */
  zone?: string
}

/** The declared properties of a call; sensitive ones are masked unless they are revealed. */
export type CallDetails = Readonly<Record<string, unknown>>

export const exportFormats = ['csv', 'ndjson'] as const
export const exportRules = ['mask', 'drop', 'keep'] as const

export interface ExportQuery extends FilterQuery {
  sort?: string
  format: (typeof exportFormats)[number]
  /** How to handle personal data; `keep` only where it may be revealed. */
  pii: (typeof exportRules)[number]
}

export interface Settings {
  /** Agent shown first. */
  agentId: number | null
  /** Whether a user may see personal data. */
  canReveal: boolean
  /** Where the calls come from. */
  source: string
  /** URL under which others reach the dashboard. */
  publicUrl: string | null
  /** URL of a call in another app, with `{id}` and `{call_id}`. */
  callUrl: string | null
}

interface Get<Query, Body> {
  get: {
    parameters: { query: Query }
    responses: {
      200: { content: { 'application/json': Body } }
      default: { content: { 'application/json': { error: Problem } } }
    }
  }
}

interface CallQuery {
  agent_id: number
  id: number
}

type Sorted = FilterQuery & { sort?: string }

/** The server's routes. */
export interface DashboardPaths {
  '/api/settings': Get<Record<string, never>, Settings>
  '/api/range': Get<RangeQuery, RangeState>
  '/api/rows': Get<Sorted & { offset?: number; limit?: number; scores?: string }, RowsResponse>
  '/api/place': Get<Sorted & { id: number }, PlaceResponse>
  '/api/summary': Get<FilterQuery & { by?: Dimension; compare?: boolean }, Summary>
  '/api/trend': Get<FilterQuery & { id: number; compare?: boolean }, MetricTrend>
  '/api/agents': Get<
    Record<string, never>,
    { agents: { id: number; name: string }[]; problem?: Problem }
  >
  '/api/call': Get<CallQuery, { call: CallDetails | null }>
  '/api/reveal': Get<CallQuery, { call: CallDetails | null }>
}
