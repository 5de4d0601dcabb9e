import { isEmpty } from '@cekura-kit/call-format/declared'
import { breakLine } from '../terminal/break-line.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { formatTable, type Column } from '../terminal/format-table.ts'
import { cellText, columnOf, metricsOf, times, type CallScreen, type Row } from './call-table.ts'

const sections = new Set(['metrics', 'evaluation', 'transcript', 'transcript_object'])

interface Line {
  name: string
  text: string
}

const columns: readonly Column<Line>[] = [
  { title: '', text: ({ name }) => name, maxWidth: 32, color: () => 'bold' },
  { title: '', text: ({ text }) => text, maxWidth: Infinity, minWidth: 10 },
]

const turnText = ({ role, time, start_time: start, content, data }: Row): string => {
  const at = cellText(time ?? start)
  return `${at === '' ? '' : `[${at}] `}${cellText(role)}: ${cellText(content ?? data)}`
}

/** One line per turn of the conversation. */
function transcriptLines({ transcript, transcript_object: turns }: Row): string[] {
  if (Array.isArray(turns) && turns.length > 0) return (turns as Row[]).map(turnText)
  return isEmpty(transcript) ? [] : cellText(transcript).split('\n')
}

function formatRecord(call: Row, { fields, zone, ...screen }: CallScreen): string {
  const names =
    fields ?? Object.keys(call).filter((name) => !sections.has(name) && !isEmpty(call[name]))
  const lines = names.map((name): Line => ({
    name: times.has(name) ? `${name} (${zone})` : name,
    text: columnOf(name, zone).text(call),
  }))
  const metrics = fields ? [] : metricsOf(call)
  if (metrics.length > 0) lines.push({ name: 'metrics', text: '' })
  lines.push(...metrics.map(({ name, text }) => ({ name: `  ${name}`, text })))
  const text = formatTable(columns, lines, screen)
  const turns = (fields ? [] : transcriptLines(call)).flatMap((turn) =>
    breakLine(escapeControlCharacters(turn), Math.max(10, screen.width - 2)),
  )
  if (turns.length === 0) return text
  return [text, screen.style('bold', 'transcript'), ...turns.map((turn) => `  ${turn}`)].join('\n')
}

/**
 * Calls with one line per field and per metric, in the API's names, and their transcripts: the given
 * fields, or all that are not empty.
 */
export const formatRecords = (calls: readonly Row[], screen: CallScreen): string =>
  calls.map((call) => formatRecord(call, screen)).join('\n\n')
