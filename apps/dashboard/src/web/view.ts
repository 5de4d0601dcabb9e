import { defaultRange, longestRangeDays, sortPattern } from '../shared/dashboard-api.ts'
import { dayMs, facetNames, rangeNames, type FacetName } from '../shared/dashboard-api.ts'
import type { FilterQuery, RangeName } from '../shared/dashboard-api.ts'
import { readList, writeList } from '../shared/list-text.ts'
import { readMetricFilter, writeMetricFilter, type MetricFilter } from '../shared/metric-filter.ts'

export type TimeChoice = { range: RangeName } | { from: string; to: string }

/** Everything the page shows, as the address says it. */
export interface View {
  agent: number | undefined
  time: TimeChoice
  facets: Record<FacetName, string[]>
  min: number | undefined
  max: number | undefined
  metrics: MetricFilter[]
  q: string
  sort: string
  call: number | undefined
  zone: 'UTC' | 'local'
  /** Keys of the table's columns; undefined for the usual ones. */
  columns: string[] | undefined
  widths: Record<string, number>
  density: 'comfortable' | 'compact'
  hasCharts: boolean
}

/** Names of the address that narrow the calls. */
export const filterNames = [...facetNames, 'min', 'max', 'metric', 'q'] as const
/** Names that a saved view keeps: all but the open call. */
export const viewNames = [
  'agent',
  'range',
  'from',
  'to',
  ...filterNames,
  'sort',
  'tz',
  'cols',
  'widths',
  'density',
  'charts',
] as const
export type UrlName = (typeof viewNames)[number] | 'call'

const columnPattern =
  /^(time|status|duration|topic|reason|dropoff|reviewed|number|call_id|id|m\d{1,15})$/
const reviewedValues = new Set(['yes', 'no'])
const isoPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/
const maxColumns = 40

const readInstant = (text: string): number =>
  isoPattern.test(text) ? Date.parse(text) : Number.NaN

function readTime(params: URLSearchParams, onWrong: (name: UrlName) => void): TimeChoice {
  const from = params.get('from')
  const to = params.get('to')
  const name = params.get('range')
  if (from !== null || to !== null) {
    const span = readInstant(to ?? '') - readInstant(from ?? '')
    if (span > 0 && span <= longestRangeDays * dayMs) return { from: from!, to: to! }
    onWrong('from')
  }
  const range = rangeNames.find((known) => known === name)
  if (name !== null && !range) onWrong('range')
  return { range: range ?? defaultRange }
}

const whole = (text: string): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined

const choice =
  <Choice extends string>(...choices: Choice[]) =>
  (text: string): Choice | undefined =>
    choices.find((one) => one === text)

const words = (text: string): string[] => text.split(',')

/** Values of one parameter, all of them readable or none taken. */
const all =
  <Value>(separate: (text: string) => string[], parse: (text: string) => Value | undefined) =>
  (text: string): Value[] | undefined => {
    const values = separate(text).map(parse)
    return values.every((value) => value !== undefined) ? values : undefined
  }

function width(text: string): [string, number] | undefined {
  const [key = '', pixels = ''] = text.split(':')
  return columnPattern.test(key) && /^\d{2,4}$/.test(pixels) ? [key, Number(pixels)] : undefined
}

/**
 * Reads an address. What it says wrongly is left out and named, so that a cut or old link still
 * shows what can be shown.
 */
export function readView(params: URLSearchParams): { view: View; wrong: UrlName[] } {
  const wrong = new Set<UrlName>()
  const onWrong = (name: UrlName): void => void wrong.add(name)
  const read = <Value>(
    name: UrlName,
    parse: (text: string) => Value | undefined,
  ): Value | undefined => {
    const text = params.get(name)
    if (text === null) return undefined
    const value = parse(text)
    if (value === undefined) onWrong(name)
    return value
  }
  const facet = (name: FacetName): string[] =>
    read(name, (text) => {
      const values = readList(text)
      if (text.length > 4000) return undefined
      return name === 'reviewed' && !values.every((one) => reviewedValues.has(one))
        ? undefined
        : values
    }) ?? []
  const view: View = {
    agent: read('agent', whole),
    time: readTime(params, onWrong),
    facets: {
      status: facet('status'),
      reason: facet('reason'),
      topic: facet('topic'),
      reviewed: facet('reviewed'),
    },
    min: read('min', whole),
    max: read('max', whole),
    metrics: read('metric', all(readList, readMetricFilter)) ?? [],
    q: read('q', (text) => (text.length <= 200 ? text : undefined)) ?? '',
    sort: read('sort', (text) => (sortPattern.test(text) ? text : undefined)) ?? '-timestamp',
    call: read('call', whole),
    zone: read('tz', choice('local')) ?? 'UTC',
    columns: read('cols', (text) => {
      const keys = words(text)
      const isKnown = keys.every((key) => columnPattern.test(key)) && keys.length <= maxColumns
      return isKnown ? [...new Set(keys)] : undefined
    }),
    widths: Object.fromEntries(read('widths', all(words, width)) ?? []),
    density: read('density', choice('compact')) ?? 'comfortable',
    hasCharts: read('charts', choice('off')) !== 'off',
  }
  if (view.min !== undefined && view.max !== undefined && view.min > view.max) {
    onWrong('min')
    view.min = undefined
  }
  return { view, wrong: [...wrong] }
}

/** The view's filter as the server reads it. */
export function toFilterQuery(
  view: View,
  agentId: number,
  range: { from: string; to: string },
): FilterQuery {
  const { facets, min, max, metrics, q } = view
  const query: FilterQuery = { agent_id: agentId, from: range.from, to: range.to }
  for (const name of facetNames) if (facets[name].length > 0) query[name] = writeList(facets[name])
  if (min !== undefined) query.min = min
  if (max !== undefined) query.max = max
  if (metrics.length > 0) query.metric = writeList(metrics.map(writeMetricFilter))
  if (q.trim()) query.q = q.trim()
  return query
}

/** Adds a value to a choice, or takes it out; undefined when nothing is left. */
export function toggleValue(chosen: readonly string[], value: string): string | undefined {
  const next = chosen.includes(value)
    ? chosen.filter((other) => other !== value)
    : [...chosen, value]
  return next.length > 0 ? writeList(next) : undefined
}

const isSame = (a: MetricFilter, b: MetricFilter): boolean =>
  writeMetricFilter(a) === writeMetricFilter(b)

/** Adds a metric's condition, or takes it out; undefined when nothing is left. */
export function toggleMetric(
  chosen: readonly MetricFilter[],
  filter: MetricFilter,
): string | undefined {
  const rest = chosen.filter((other) => !isSame(other, filter))
  const next = rest.length < chosen.length ? rest : [...chosen, filter]
  return next.length > 0 ? writeList(next.map(writeMetricFilter)) : undefined
}

export const hasMetric = (chosen: readonly MetricFilter[], filter: MetricFilter): boolean =>
  chosen.some((other) => isSame(other, filter))

/** Puts one condition in the place of all that a metric has. */
export function replaceMetric(
  chosen: readonly MetricFilter[],
  id: number,
  filter: MetricFilter | undefined,
): string | undefined {
  const next = [...chosen.filter((other) => other.id !== id), ...(filter ? [filter] : [])]
  return next.length > 0 ? writeList(next.map(writeMetricFilter)) : undefined
}

export const isFiltered = ({ facets, min, max, metrics, q }: View): boolean =>
  facetNames.some((name) => facets[name].length > 0) ||
  min !== undefined ||
  max !== undefined ||
  metrics.length > 0 ||
  q.trim() !== ''
