import { formatSeconds } from '@cekura-kit/call-format'
import type { CallFacts, CallRow } from './call-row.ts'
import { facetOf, labelOf, type FacetName } from './facets.ts'
import { describeTime, formatSecond } from './format.ts'

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
  isExtra = false,
): Column => ({
  title,
  width,
  isExtra,
  sort: (call) => read(call) || null,
  text: (row) => read(row) || '–',
  full: read,
})

/** A column with the values of a facet that does not depend on the time zone. */
function facetColumn(facet: FacetName, width: number, isExtra = false): Column {
  const { title, read } = facetOf(facet)
  const show = (call: CallFacts): string => {
    const value = read(call, 'UTC')
    return value && labelOf(facet, value)
  }
  return { ...textColumn(title, width, show, isExtra), facet }
}

/** Every column but those of metrics, in their order. The first one opens a call. */
export const columns = {
  time: {
    title: 'Time',
    width: 132,
    sort: ({ time }) => time,
    text: ({ time }, zone) => formatSecond(time ?? Number.NaN, zone),
    full: ({ time }) => describeTime(time ?? Number.NaN),
  },
  outcome: facetColumn('outcome', 136),
  duration: {
    title: 'Duration',
    width: 118,
    isRight: true,
    sort: ({ seconds }) => seconds,
    text: ({ seconds }) => formatSeconds(seconds),
  },
  topic: facetColumn('topic', 130),
  reason: facetColumn('reason', 160),
  dropoff: facetColumn('dropoff', 150, true),
  reviewed: facetColumn('reviewed', 110, true),
  number: { title: 'Customer', width: 96, text: ({ number }) => number || '–' },
  call_id: textColumn('Call ID', 150, (call) => call.call_id, true),
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
