import { hidePersonalData } from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import type { Style } from './terminal/color.ts'
import { formatColumns, type Column, type Table } from './terminal/format-columns.ts'
import { cellText } from './terminal/format-rows.ts'

type Row = Readonly<Record<string, unknown>>

interface CallColumn extends Column {
  text(call: Row): string
}

const paintStatus: Column['paint'] = (padded, cell, style) =>
  style(cell.endsWith('success') ? 'green' : cell.endsWith('failure') ? 'red' : 'reset', padded)

const words = (value: unknown): string => cellText(value).replaceAll('_', ' ')

function instant(value: unknown): string {
  const date = new Date(String(value))
  return Number.isNaN(date.getTime())
    ? cellText(value)
    : date.toISOString().slice(0, 16).replace('T', ' ')
}

const metricText = (metrics: unknown): string =>
  (Array.isArray(metrics) ? (metrics as Row[]) : [])
    .map(({ name, score, enum: label }) => `${cellText(name)} ${cellText(score ?? label ?? '?')}`)
    .join(', ')

// `customer_number` and `feedback` are personal data and stay out unless they are asked for.
const standard: readonly CallColumn[] = [
  { title: 'ID', align: 'right', text: ({ id }) => cellText(id) },
  { title: 'WHEN (UTC)', text: ({ timestamp }) => instant(timestamp) },
  { title: 'LENGTH', align: 'right', text: ({ duration }) => cellText(duration) },
  { title: 'STATUS', paint: paintStatus, text: ({ status }) => words(status) },
  { title: 'TOPIC', least: 12, text: ({ topic }) => words(topic) },
  { title: 'ENDED BY', least: 12, text: ({ call_ended_reason: reason }) => cellText(reason) },
  { title: 'METRICS', least: 20, text: ({ metrics }) => metricText(metrics) },
]

const rightAligned = new Set(['id', 'duration', 'agent'])

const columnOf = (name: string): CallColumn => ({
  title: name,
  align: rightAligned.has(name) ? 'right' : undefined,
  least: 12,
  paint: name === 'status' ? paintStatus : undefined,
  text: (call) => (name === 'metrics' ? metricText(call[name]) : cellText(call[name])),
})

export interface CallTableOptions {
  /** Fields to show; default the usual columns. */
  fields: readonly string[] | undefined
  showPii: boolean
  width: number
  style: Style
}

/** Call logs as aligned columns, one line a call. Personal data is masked unless it is asked for. */
export function formatCalls(
  calls: readonly CallLog[],
  { fields, showPii, ...screen }: CallTableOptions,
): Table {
  const columns = fields?.map(columnOf) ?? standard
  const rows = calls.map((call) => {
    const shown = (showPii ? call : hidePersonalData(call, 'mask', String)) as Row
    return columns.map(({ text }) => text(shown))
  })
  return formatColumns(columns, rows, screen)
}
