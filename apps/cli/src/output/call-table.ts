import { formatLocalTime } from '../config/time.ts'
import { formatTable, type Column, type Screen } from '../terminal/format-table.ts'

export type Row = Readonly<Record<string, unknown>>

/** A JSON value as the text of a cell. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const statusColor: Column<Row>['color'] = (status) =>
  status.endsWith('success') ? 'green' : status.endsWith('failure') ? 'red' : undefined

/** A time to the minute, in the zone of the table. */
function timeText(value: unknown, zone: string): string {
  const time = Date.parse(String(value))
  return Number.isNaN(time) ? cellText(value) : formatLocalTime(time, zone)
}

interface NamedMetric {
  name: string
  text: string
}

/** Metric results, which a list and a single call have in different places. */
export function metricsOf({ metrics, evaluation }: Row): NamedMetric[] {
  const list = metrics ?? (evaluation as Row | null | undefined)?.['metrics']
  return (Array.isArray(list) ? (list as Row[]) : []).map(
    ({ name, score, enum: label, value }) => ({
      name: cellText(name),
      text: cellText(score ?? label ?? value),
    }),
  )
}

const metricText = (call: Row): string =>
  metricsOf(call)
    .map(({ name, text }) => `${name} ${text}`)
    .join(', ')

const numeric = new Set(['id', 'duration', 'agent'])
export const times = new Set(['timestamp', 'created_at', 'updated_at'])
const titleOf = (field: string): string => field.replaceAll('_', ' ').toUpperCase()

export const columnOf = (field: string, zone: string): Column<Row> => ({
  title: times.has(field) ? `${titleOf(field)} (${zone})` : titleOf(field),
  align: numeric.has(field) ? 'right' : undefined,
  minWidth: numeric.has(field) || times.has(field) || field === 'status' ? undefined : 12,
  color: field === 'status' ? statusColor : undefined,
  text: (call) => {
    if (field === 'metrics') return metricText(call)
    return times.has(field) ? timeText(call[field], zone) : cellText(call[field])
  },
})

// Personal data is only shown on request.
const defaultFields = ['id', 'timestamp', 'duration', 'status', 'topic', 'call_ended_reason']

/** One column per metric of the calls. */
function metricColumns(calls: readonly Row[]): Column<Row>[] {
  const names = [...new Set(calls.flatMap((call) => metricsOf(call).map(({ name }) => name)))]
  return names.map((name) => ({
    title: name.toUpperCase(),
    align: 'right',
    text: (call) => metricsOf(call).find((metric) => metric.name === name)?.text ?? '',
  }))
}

export interface CallScreen extends Screen {
  /** Fields to show; default the usual columns and the metrics. */
  fields: readonly string[] | undefined
  zone: string
}

/** Calls as aligned columns, one line per call. */
export function formatCalls(
  calls: readonly Row[],
  { fields, zone, ...screen }: CallScreen,
): string {
  const columns = (fields ?? defaultFields).map((field) => columnOf(field, zone))
  return formatTable(fields ? columns : [...columns, ...metricColumns(calls)], calls, screen)
}
