import { isDimension, type Dimension } from '@cekura-kit/call-format'
import { filterReaders, listOf, readInteger, readZone } from '../shared/call-filter.ts'
import { noChoice, readList, writeChoice, writeList, type Choice } from '../shared/choice.ts'
import { columnOf, defaultSort, readOrder } from '../shared/columns.ts'
import type { FilterQuery } from '../shared/dashboard-api.ts'
import { facetNames, facetOf, type FacetName } from '../shared/facets.ts'
import { writeMetricFilter, type MetricFilter } from '../shared/metric-filter.ts'
import { defaultRange, findRangeProblem, rangeNames, type RangeName } from '../shared/ranges.ts'

const isoPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/
const maxColumns = 60

/** Reads a text; undefined when it is not valid. */
type Read<Value> = (text: string) => Value | undefined

const textThat =
  (isValid: (text: string) => boolean): Read<string> =>
  (text) =>
    isValid(text) ? text : undefined

const readTime = textThat((text) => isoPattern.test(text) && !Number.isNaN(Date.parse(text)))
const splitWords = (text: string): string[] => [...new Set(text.split(','))].slice(0, maxColumns)
const isColumn = (key: string): boolean => columnOf(key) !== undefined || /^m\d{1,15}$/.test(key)
const isChart = (key: string): boolean => /^(calls|rate|[md]\d{1,15})$/.test(key)
const readCharts = listOf(splitWords, textThat(isChart))

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A parameter of the URL; `initial` is what a URL without it shows. */
const parameter = <Value>(title: string, read: Read<Value>, initial: Value) => ({
  title,
  read,
  initial,
})
const optional = <Value>(title: string, read: Read<Value>) =>
  parameter<Value | undefined>(title, read, undefined)

const facetParameters = Object.fromEntries(
  facetNames.map((name) => [
    name,
    parameter<Choice>(facetOf(name).title.toLowerCase(), filterReaders[name], noChoice),
  ]),
) as Record<FacetName, ReturnType<typeof parameter<Choice>>>

/** Every parameter of the page's URL. */
export const parameters = {
  agent: optional('agent', readInteger),
  range: parameter<RangeName>(
    'time range',
    (text) => rangeNames.find((name) => name === text),
    defaultRange,
  ),
  /** Both or neither; they precede `range`. */
  from: optional('time range', readTime),
  to: optional('time range', readTime),
  ...facetParameters,
  /** Duration in seconds. */
  min: optional('duration', filterReaders.min),
  max: optional('duration', filterReaders.max),
  metric: parameter<MetricFilter[]>('metric', filterReaders.metric, []),
  q: parameter('search', filterReaders.q, ''),
  by: parameter<Dimension>('breakdown', (text) => (isDimension(text) ? text : undefined), 'topic'),
  sort: parameter(
    'sort order',
    textThat((text) => readOrder(text) !== undefined),
    defaultSort,
  ),
  /** IANA time zone. */
  tz: parameter('time zone', (text) => (text === 'local' ? localZone : readZone(text)), 'UTC'),
  /** Keys of the columns; undefined for the default ones. */
  cols: optional('columns', listOf(splitWords, textThat(isColumn))),
  charts: parameter('charts', (text) => (text === 'off' ? [] : readCharts(text)), [
    'calls',
    'rate',
  ]),
  call: optional('open call', readInteger),
}

export type UrlName = keyof typeof parameters

/** Everything the page shows, as the URL says it. */
export type View = { [Name in UrlName]: (typeof parameters)[Name]['initial'] }

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

/** Reads a URL. What is not valid is ignored and listed, so that an old link shows what it can. */
export function readView(given: URLSearchParams): { view: View; ignored: Ignored } {
  const params = upgradeLink(given)
  const ignored: Ignored = {}
  const values = Object.entries(parameters).map(([name, { read, initial }]) => {
    const text = params.get(name)
    const value = text === null ? initial : read(text)
    if (text !== null && value === undefined) ignored[name as UrlName] = ''
    return [name, value ?? initial]
  })
  const view = Object.fromEntries(values) as View
  const { from, to, min, max } = view
  if (min !== undefined && max !== undefined && min > max) {
    ignored.min = 'The maximum is below the minimum.'
    view.min = undefined
  }
  const problem = findRangeProblem(Date.parse(from ?? ''), Date.parse(to ?? ''))
  if (problem && (from ?? to) !== undefined) {
    ignored.from = problem
    Object.assign(view, { from: undefined, to: undefined })
  }
  return { view, ignored }
}

export const writeMetrics = (metrics: readonly MetricFilter[]): string | undefined =>
  metrics.length > 0 ? writeList(metrics.map(writeMetricFilter)) : undefined

/** The filters of a view as the server reads them. */
function writeFilters(view: View): Partial<FilterQuery> {
  const { min, max, metric, q } = view
  const facets = facetNames.map((name) => [name, writeChoice(view[name])] as const)
  const others = { min, max, metric: writeMetrics(metric), q: q.trim() || undefined }
  const filters = [...facets, ...Object.entries(others)]
  return Object.fromEntries(filters.filter(([, value]) => value !== undefined))
}

/** The calls that a view shows, as the server reads it. */
export const toFilterQuery = (
  view: View,
  agentId: number,
  { from, to }: { from: string; to: string },
): FilterQuery => ({ agent_id: agentId, from, to, zone: view.tz, ...writeFilters(view) })

export const isFiltered = (view: View): boolean => Object.keys(writeFilters(view)).length > 0
