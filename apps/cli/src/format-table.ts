import { stripVTControlCharacters } from 'node:util'
import type { CallLog } from '@cekura-kit/client'

interface Column {
  title: string
  align?: 'right'
  text: (call: CallLog) => string
}

// `customer_number` and `feedback` are personal data and stay out of a list.
const columns: Column[] = [
  { title: 'ID', align: 'right', text: ({ id }) => String(id) },
  { title: 'WHEN (UTC)', text: ({ timestamp }) => formatInstant(timestamp) },
  { title: 'LENGTH', align: 'right', text: ({ duration }) => duration ?? '' },
  { title: 'STATUS', text: ({ status }) => status.replaceAll('_', ' ') },
  { title: 'TOPIC', text: ({ topic }) => topic?.replaceAll('_', ' ') ?? '' },
  { title: 'ENDED BY', text: ({ call_ended_reason: reason }) => reason ?? '' },
  { title: 'METRICS', text: ({ metrics = [] }) => metrics.map(formatMetric).join(', ') },
]

const formatMetric = ({ name, score, enum: label }: NonNullable<CallLog['metrics']>[number]) =>
  `${name} ${score ?? label ?? '?'}`

const formatInstant = (timestamp: string): string => {
  const date = new Date(timestamp)
  return Number.isNaN(date.getTime())
    ? timestamp
    : date.toISOString().slice(0, 16).replace('T', ' ')
}

/** Text from the API cannot move the cursor, colour the screen or break the line. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')

export const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

/**
 * Call logs as aligned columns, one line a call under a line of titles.
 *
 * @param width of the terminal in columns; columns at the right that do not fit are left out
 */
export function formatTable(calls: readonly CallLog[], width: number): string {
  const cells = columns.map(({ title, text }) => [
    title,
    ...calls.map((call) => shorten(printable(text(call)), 60)),
  ])
  const widths = cells.map((column) => Math.max(...column.map((cell) => cell.length)))
  const ends = widths.map((_, column) =>
    widths.slice(0, column + 1).reduce((end, next) => end + next + 2, -2),
  )
  const shown = columns.filter((_, column) => column === 0 || ends[column]! <= width)
  const line = (row: number): string =>
    shown
      .map(({ align }, column) => {
        const cell = cells[column]![row]!
        return align === 'right' ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
      })
      .join('  ')
      .trimEnd()
  return [line(0), ...calls.map((_, row) => line(row + 1))].join('\n')
}

/** How many calls there are and how they ended, in one line. */
export function summarise(calls: readonly CallLog[]): string {
  const count = (...statuses: CallLog['status'][]) =>
    calls.filter(({ status }) => statuses.includes(status)).length
  if (calls.length === 0) return 'No calls.'
  return `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}: ${count('success', 'reviewed_success')} succeeded, ${count('failure', 'reviewed_failure')} failed, ${calls.filter(({ is_reviewed: reviewed }) => reviewed).length} reviewed.`
}
