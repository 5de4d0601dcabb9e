import type { CallFacts, CallRow } from './call-row.ts'
import { labelOf, type FacetName } from './facets.ts'
import { describeTime, formatDuration, formatSecond } from './format.ts'

/** A column of the table of calls. */
export interface Column {
  title: string
  /** Default width in pixels; the remaining space is shared in proportion. */
  width: number
  isRight?: boolean
  /** Only shown when chosen. */
  isExtra?: boolean
  /** The value to sort by; null comes last. */
  sort?: (call: CallFacts) => string | number | null
  /** What a cell filters by. */
  facet?: FacetName
  text: (row: CallRow, zone: string) => string
  /** The complete text, for a tooltip. */
  full?: (row: CallRow) => string
}

const textColumn = (
  title: string,
  width: number,
  read: (call: CallFacts) => string,
  more: Partial<Column> = {},
): Column => ({
  title,
  width,
  sort: (call) => read(call) || null,
  text: (row) => read(row) || '–',
  full: read,
  ...more,
})

/** Every column but those of metrics, in their order. The first one opens a call. */
export const columns = {
  time: {
    title: 'Time',
    width: 132,
    sort: ({ time }) => time,
    text: ({ time }, zone) => formatSecond(time ?? Number.NaN, zone),
    full: ({ time }) => describeTime(time ?? Number.NaN),
  },
  outcome: {
    title: 'Outcome',
    width: 136,
    sort: ({ outcome }) => outcome,
    facet: 'outcome',
    text: ({ outcome }) => labelOf('outcome', outcome),
  },
  duration: {
    title: 'Duration',
    width: 86,
    isRight: true,
    sort: ({ seconds }) => seconds,
    text: ({ seconds }) => formatDuration(seconds),
  },
  topic: textColumn('Topic', 130, ({ topic }) => topic, { facet: 'topic' }),
  reason: textColumn('Ended reason', 160, ({ reason }) => reason, { facet: 'reason' }),
  dropoff: textColumn('Drop-off point', 150, ({ dropoff }) => dropoff, {
    facet: 'dropoff',
    isExtra: true,
  }),
  reviewed: {
    title: 'Review',
    width: 110,
    isExtra: true,
    facet: 'reviewed',
    text: ({ reviewed }) => labelOf('reviewed', reviewed ? 'yes' : 'no'),
  },
  number: { title: 'Customer', width: 96, text: ({ number }) => number || '–' },
  call_id: textColumn('Call ID', 150, (call) => call.call_id, { isExtra: true }),
  id: {
    title: 'ID',
    width: 96,
    isRight: true,
    isExtra: true,
    sort: ({ id }) => id,
    text: ({ id }) => String(id),
  },
} as const satisfies Record<string, Column>

export type ColumnKey = keyof typeof columns
export const columnOf = (key: string): Column | undefined =>
  Object.hasOwn(columns, key) ? columns[key as ColumnKey] : undefined

export interface Order {
  /** A column, or `metric:310`. */
  key: string
  isDescending: boolean
}

export const defaultSort = '-time'
const metricKey = /^metric:\d{1,15}$/

/** Reads `-duration`, descending, or `metric:310`; undefined when no column has that name. */
export function readOrder(text: string): Order | undefined {
  const isDescending = text.startsWith('-')
  const key = isDescending ? text.slice(1) : text
  return metricKey.test(key) || columnOf(key)?.sort ? { key, isDescending } : undefined
}
