import { columnNames, splitColumns } from './call-columns.ts'

const number = /^[+-]?\d[\d.]*$/
// Full-width forms too: spreadsheets fold them.
const formula = /(?:^|[\r\n])[\s\u00a0]*[=+\-@\t\r＝＋－＠]/

/** One field: quoted where RFC 4180 asks, and never read as a formula by a spreadsheet. */
export function encodeCsvField(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const isRisky = typeof value === 'string' && formula.test(text) && !number.test(text)
  const safe = isRisky ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The first line of a CSV file of call logs. */
export const csvHeader = `${columnNames.join(',')}\r\n`

/** One call log as a line of CSV. */
export function encodeCsvRow(call: Readonly<Record<string, unknown>>): string {
  const columns = splitColumns(call)
  return `${columnNames.map((name) => encodeCsvField(columns[name])).join(',')}\r\n`
}
