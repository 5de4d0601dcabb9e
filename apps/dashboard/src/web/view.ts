import { isDimension, type Dimension } from '@cekura-kit/call-format'
import { filterReaders, listOf, readInteger } from '../shared/call-filter.ts'
import { readZone, toFilter, type CallFilter } from '../shared/call-filter.ts'
import { readList, writeChoice, writeList } from '../shared/choice.ts'
import { columnOf, defaultSort, readOrder } from '../shared/columns.ts'
import type { FilterQuery } from '../shared/dashboard-api.ts'
import { facetNames, facetOf, type FacetName } from '../shared/facets.ts'
import { writeMetricFilter, type MetricFilter } from '../shared/metric-filter.ts'
import { defaultRange, findRangeProblem, rangeNames, type RangeName } from '../shared/ranges.ts'

export type TimeChoice = { range: RangeName } | { from: string; to: string }

const isoPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/
const maxColumns = 60

const readTime = (text: string): string | undefined =>
  isoPattern.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined

const oneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (text: string): Value | undefined =>
    values.find((value) => value === text)

const splitWords = (text: string): string[] => [...new Set(text.split(','))].slice(0, maxColumns)
const readColumn = (key: string): string | undefined =>
  columnOf(key) || /^m\d{1,15}$/.test(key) ? key : undefined
const readChart = (key: string): string | undefined =>
  /^(calls|rate|[md]\d{1,15})$/.test(key) ? key : undefined

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone
/** Reads each parameter of the page's URL; undefined when its value is not valid. */
const readers = {
  agent: readInteger,
  range: oneOf(...rangeNames),
  from: readTime,
  to: readTime,
  ...filterReaders,
  by: (text: string): Dimension | undefined => (isDimension(text) ? text : undefined),
  sort: (text: string) => (readOrder(text) ? text : undefined),
  tz: (text: string) => (text === 'local' ? localZone : readZone(text)),
  cols: listOf(splitWords, readColumn),
  charts: (text: string) => (text === 'off' ? [] : listOf(splitWords, readChart)(text)),
  call: readInteger,
}

export type UrlName = keyof typeof readers
type Values = { [Name in UrlName]?: NonNullable<ReturnType<(typeof readers)[Name]>> }

const urlNames = Object.keys(readers) as UrlName[]

const titles: Partial<Record<UrlName, string>> = {
  range: 'time range',
  from: 'time range',
  to: 'time range',
  min: 'duration',
  max: 'duration',
  metric: 'metric',
  sort: 'sort order',
  cols: 'columns',
  tz: 'time zone',
  q: 'search',
  by: 'breakdown',
  call: 'open call',
}

/** A parameter for the user. */
export const titleOf = (name: UrlName): string =>
  titles[name] ??
  (facetNames.includes(name as FacetName) ? facetOf(name as FacetName).title.toLowerCase() : name)

/** Everything the page shows, as the URL says it. */
export interface View extends CallFilter {
  agent: number | undefined
  time: TimeChoice
  by: Dimension
  sort: string
  call: number | undefined
  /** Keys of the columns; undefined for the default ones. */
  columns: string[] | undefined
  charts: string[]
}

export const defaultCharts = ['calls', 'rate']

const isReviewed = (status: string): boolean => status.startsWith('reviewed_')

/** A query with the parameters that older versions wrote as this one writes them. */
export function upgradeLink(given: string | URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(given)
  const status = params.get('status')
  if (status !== null) {
    params.delete('status')
    const values = readList(status)
    const outcomes = new Set(values.map((value) => value.replace('reviewed_', '')))
    params.set('outcome', writeList([...outcomes]))
    if (values.every(isReviewed)) params.set('reviewed', 'yes')
    else if (!values.some(isReviewed)) params.set('reviewed', 'no')
  }
  for (const name of ['sort', 'cols']) {
    const text = params.get(name)?.replace(/\btimestamp\b/, 'time')
    if (text !== undefined) params.set(name, text.replace(/\bstatus\b/, 'outcome'))
  }
  return params
}

/** What the URL says wrongly, with a reason where the name does not explain it. */
export type Ignored = Partial<Record<UrlName, string>>

function readTimeChoice({ range, from, to }: Values, ignored: Ignored): TimeChoice {
  const problem = findRangeProblem(Date.parse(from ?? ''), Date.parse(to ?? ''))
  if (from !== undefined && to !== undefined && !problem) return { from, to }
  if (from !== undefined || to !== undefined) ignored.from = problem ?? ''
  return { range: range ?? defaultRange }
}

/** Reads a URL. What is not valid is ignored and listed, so that an old link shows what it can. */
export function readView(given: URLSearchParams): { view: View; ignored: Ignored } {
  const params = upgradeLink(given)
  const ignored: Ignored = {}
  const values: Values = {}
  for (const name of urlNames) {
    const text = params.get(name)
    if (text === null) continue
    const value = readers[name](text)
    if (value === undefined) ignored[name] = ''
    else Object.assign(values, { [name]: value })
  }
  if (values.min !== undefined && values.max !== undefined && values.min > values.max) {
    ignored.min = 'The maximum is below the minimum.'
    delete values.min
  }
  const view: View = {
    ...toFilter(values, values.tz ?? 'UTC'),
    agent: values.agent,
    time: readTimeChoice(values, ignored),
    by: values.by ?? 'topic',
    sort: values.sort ?? defaultSort,
    call: values.call,
    columns: values.cols,
    charts: values.charts ?? defaultCharts,
  }
  return { view, ignored }
}

/** The view's filter as the server reads it. */
export function toFilterQuery(
  { facets, min, max, metrics, q, zone }: View,
  agentId: number,
  { from, to }: { from: string; to: string },
): FilterQuery {
  const query: FilterQuery = { agent_id: agentId, from, to, zone }
  for (const name of facetNames) {
    const text = writeChoice(facets[name])
    if (text !== undefined) query[name] = text
  }
  if (min !== undefined) query.min = min
  if (max !== undefined) query.max = max
  if (metrics.length > 0) query.metric = writeList(metrics.map(writeMetricFilter))
  if (q.trim()) query.q = q.trim()
  return query
}

const writeMetrics = (metrics: readonly MetricFilter[]): string | undefined =>
  metrics.length > 0 ? writeList(metrics.map(writeMetricFilter)) : undefined

export const hasMetric = (chosen: readonly MetricFilter[], filter: MetricFilter): boolean =>
  chosen.some((other) => writeMetricFilter(other) === writeMetricFilter(filter))

/** Adds a metric's condition, or removes it; undefined when nothing is left. */
export const toggleMetric = (
  chosen: readonly MetricFilter[],
  filter: MetricFilter,
): string | undefined =>
  writeMetrics(
    hasMetric(chosen, filter)
      ? chosen.filter((other) => writeMetricFilter(other) !== writeMetricFilter(filter))
      : [...chosen, filter],
  )

/** Replaces all conditions of a metric by one. */
export const replaceMetric = (
  chosen: readonly MetricFilter[],
  id: number,
  filter: MetricFilter | undefined,
): string | undefined =>
  writeMetrics([...chosen.filter((other) => other.id !== id), ...(filter ? [filter] : [])])

export const isFiltered = ({ facets, min, max, metrics, q }: View): boolean =>
  facetNames.some((name) => facets[name].values.length > 0) ||
  min !== undefined ||
  max !== undefined ||
  metrics.length > 0 ||
  q.trim() !== ''
