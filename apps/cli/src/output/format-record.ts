import { breakLine } from '../terminal/break-line.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import type { Table } from '../terminal/format-table.ts'
import { padEnd, shorten, textWidth } from '../terminal/text-width.ts'
import { isEmpty } from '@cekura-kit/call-format/declared'
import { cellText, columnOf, metricsOf, times, type CallScreen, type Row } from './call-table.ts'

const sections = new Set(['metrics', 'evaluation', 'transcript', 'transcript_object'])

const turnText = ({ role, time, start_time: start, content, data }: Row): string => {
  const at = cellText(time ?? start)
  return `${at === '' ? '' : `[${at}] `}${cellText(role)}: ${cellText(content ?? data)}`
}

/** One line per turn of the conversation. */
function transcriptLines({ transcript, transcript_object: turns }: Row): string[] {
  if (Array.isArray(turns) && turns.length > 0) return (turns as Row[]).map(turnText)
  return isEmpty(transcript) ? [] : cellText(transcript).split('\n')
}

function formatRecord(call: Row, { fields, width, style, zone }: CallScreen): string {
  const names =
    fields ?? Object.keys(call).filter((name) => !sections.has(name) && !isEmpty(call[name]))
  const lines = names.map((name): [string, string] => [
    times.has(name) ? `${name} (${zone})` : name,
    columnOf(name, zone).text(call),
  ])
  const metrics = fields ? [] : metricsOf(call)
  const transcript = fields ? [] : transcriptLines(call)
  const titleWidth = Math.min(
    32,
    Math.max(
      ...lines.map(([name]) => textWidth(name)),
      ...metrics.map(({ name }) => textWidth(name) + 2),
    ),
  )
  const room = Math.max(10, width - titleWidth - 2)
  const line = (name: string, text: string): string =>
    `${style('bold', padEnd(shorten(escapeControlCharacters(name), titleWidth), titleWidth))}  ${shorten(escapeControlCharacters(text), room)}`.trimEnd()
  const wrapped = transcript.flatMap((turn) =>
    breakLine(escapeControlCharacters(turn), Math.max(10, width - 2)),
  )
  return [
    ...lines.map(([name, text]) => line(name, text)),
    ...(metrics.length > 0 ? [style('bold', 'metrics')] : []),
    ...metrics.map(({ name, text }) => line(`  ${name}`, text)),
    ...(wrapped.length > 0 ? [style('bold', 'transcript')] : []),
    ...wrapped.map((text) => `  ${text}`),
  ].join('\n')
}

/**
 * Calls with one line per field and per metric, in the API's names, and their transcripts: the given
 * fields, or all that are not empty.
 */
export const formatRecords = (calls: readonly Row[], screen: CallScreen): Table => ({
  text: calls.map((call) => formatRecord(call, screen)).join('\n\n'),
  hidden: [],
})
