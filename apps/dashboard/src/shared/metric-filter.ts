/** One metric's condition: a label it must carry, or a range its score must lie in. */
export type MetricFilter =
  | { id: number; label: string }
  | { id: number; from: number; to: number; isOpen: boolean }

const range = /^(-?\d*\.?\d*(?:e[+-]?\d+)?)\.\.(<?)(-?\d*\.?\d*(?:e[+-]?\d+)?)$/i

/**
 * `310:2..4` for a score from 2 to 4, `310:2..<4` without 4 itself, either end left out for no
 * limit; `312:=positive` for a label. Undefined for anything else.
 */
export function readMetricFilter(text: string): MetricFilter | undefined {
  const [, digits, rest] = /^(\d{1,15}):(.+)$/s.exec(text) ?? []
  if (digits === undefined || rest === undefined) return undefined
  const id = Number(digits)
  if (rest.startsWith('=')) return { id, label: rest.slice(1) }
  const [, low, open, high] = range.exec(rest) ?? []
  if (low === undefined || high === undefined || (low === '' && high === '')) return undefined
  const from = low === '' ? -Infinity : Number(low)
  const to = high === '' ? Infinity : Number(high)
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) return undefined
  return { id, from, to, isOpen: open === '<' }
}

const end = (value: number): string => (Number.isFinite(value) ? String(value) : '')

/** The text that {@link readMetricFilter} reads. */
export function writeMetricFilter(filter: MetricFilter): string {
  if ('label' in filter) return `${filter.id}:=${filter.label}`
  const { id, from, to, isOpen } = filter
  return `${id}:${end(from)}..${isOpen ? '<' : ''}${end(to)}`
}
