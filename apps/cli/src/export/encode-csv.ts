/** Columns of a call log; what the service adds later goes into `extra` as JSON. */
export const csvColumns = [
  'id',
  'call_id',
  'timestamp',
  'status',
  'duration',
  'success',
  'is_reviewed',
  'agent',
  'call_ended_reason',
  'dropoff_point',
  'topic',
  'customer_number',
  'feedback',
  'error_message',
  'metrics',
  'created_at',
  'updated_at',
  'extra',
] as const

const known = new Set<string>(csvColumns)
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

export const csvHeader = `${csvColumns.join(',')}\r\n`

/** One call log as a line of CSV. */
export function encodeCsvRow(call: Readonly<Record<string, unknown>>): string {
  const others = Object.entries(call).filter(([name]) => !known.has(name))
  const extra = others.length > 0 ? Object.fromEntries(others) : null
  return `${csvColumns.map((name) => encodeCsvField(name === 'extra' ? extra : call[name])).join(',')}\r\n`
}
