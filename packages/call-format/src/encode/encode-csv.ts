import { columnNames, splitColumns } from './call-columns.ts'
import { escapeCharacter, escapeRiskyCharacters } from './risky-characters.ts'

/** `terminal` writes control characters, line breaks and tabs in a value as `\u001b`. */
export type CsvTarget = 'file' | 'terminal'

// Spreadsheets split at one of these, depending on the country.
const separators = new Set([',', ';', '\t', '|', '\r', '\n'])
// Spreadsheets treat full-width forms like the plain ones.
const formulaStarts = new Set(['=', '+', '-', '@', '＝', '＋', '－', '＠'])

const isSpace = (character: string): boolean =>
  character === '"' || character === '\u200b' || character.trim() === ''

/** A number or a phone number, which no spreadsheet runs. */
function isNumber(text: string): boolean {
  const first = text[0] === '+' || text[0] === '-' ? 1 : 0
  if (first === text.length || text[first] === '.') return false
  for (let at = first; at < text.length; at += 1) {
    const character = text[at]!
    if (character !== '.' && (character < '0' || character > '9')) return false
  }
  return true
}

/** Replaces each character with which a spreadsheet could start a formula, in one pass. */
function markFormulas(text: string, mark: (character: string) => string, isJson: boolean): string {
  const parts: string[] = []
  let copied = 0
  let isCellStart = true
  let isInString = !isJson
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (isJson && character === '"') isInString = !isInString
    if (separators.has(character)) isCellStart = true
    else if (isCellStart && !isSpace(character)) {
      isCellStart = false
      if (isInString && formulaStarts.has(character)) {
        parts.push(text.slice(copied, at), mark(character))
        copied = at + 1
      }
    }
    // What follows a backslash in JSON is part of an escape.
    if (isJson && character === '\\') at += 1
  }
  return parts.join('') + text.slice(copied)
}

const quote = (text: string): string => {
  for (const character of text)
    if (character === '"' || separators.has(character)) return `"${text.replaceAll('"', '""')}"`
  return text
}

/**
 * One field of RFC 4180 CSV; objects and arrays are JSON. Whichever separator a spreadsheet splits
 * at, no cell is run as a formula: strings get a `'` in front of it, JSON an escape.
 */
export function encodeCsvField(value: unknown, target: CsvTarget = 'file'): string {
  if (value === null || value === undefined) return ''
  const isText = typeof value === 'string'
  const text = isText ? value : JSON.stringify(value)
  const shown = target === 'terminal' ? escapeRiskyCharacters(text) : text
  if (typeof value === 'number' || isNumber(shown)) return shown
  return quote(markFormulas(shown, isText ? (sign) => `'${sign}` : escapeCharacter, !isText))
}

/** A line of CSV. */
export const encodeCsvLine = (values: readonly unknown[], target: CsvTarget = 'file'): string =>
  `${values.map((value) => encodeCsvField(value, target)).join(',')}\r\n`

/** The first line of a CSV file of call logs. */
export const csvHeader = encodeCsvLine(columnNames)

/** One call log as a line of CSV. */
export function encodeCsvRow(call: Readonly<Record<string, unknown>>): string {
  const columns = splitColumns(call)
  return encodeCsvLine(columnNames.map((name) => columns[name]))
}

export interface MetricsCsv {
  header: string
  encode(call: Readonly<Record<string, unknown>>): string
}

/**
 * CSV with one column per metric, named after it, in place of the JSON column `metrics`. A cell is
 * the score or the label; without a result it is empty.
 *
 * @param metrics names by id; a name that occurs twice gets the id behind it
 */
export function createMetricsCsv(metrics: ReadonlyMap<number, string>): MetricsCsv {
  const names = columnNames.filter((name) => name !== 'metrics')
  const used = [...metrics.values()]
  const titles = [...metrics].map(([id, name]) =>
    used.indexOf(name) === used.lastIndexOf(name) && !(names as string[]).includes(name)
      ? name
      : `${name} (${id})`,
  )
  return {
    header: encodeCsvLine([...names, ...titles]),
    encode(call) {
      const columns = splitColumns(call)
      const list: unknown[] = Array.isArray(call['metrics']) ? call['metrics'] : []
      const results = new Map(
        list.flatMap((one) => {
          if (typeof one !== 'object' || one === null) return []
          const { id, score, enum: label } = one as Record<string, unknown>
          return [[id, score ?? label] as const]
        }),
      )
      return encodeCsvLine([
        ...names.map((name) => columns[name]),
        ...[...metrics.keys()].map((id) => results.get(id)),
      ])
    },
  }
}
