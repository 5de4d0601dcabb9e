/** Columns of a call log in a table; fields the API adds later go into `extra`. */
export const columnNames = [
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

/** A call log by column; `extra` is null when every field has a column. */
export type CallColumns = Record<(typeof columnNames)[number], unknown>

// A field named `extra` goes into the column like any other unknown field.
const ownNames = columnNames.filter((name) => name !== 'extra')
const own = new Set<string>(ownNames)

/** The fields of a call log by column, unknown ones in `extra`, missing ones undefined. */
export function splitColumns(call: Readonly<Record<string, unknown>>): CallColumns {
  const others = Object.entries(call).filter(([name]) => !own.has(name))
  const columns = Object.fromEntries(ownNames.map((name) => [name, call[name]])) as CallColumns
  columns.extra = others.length > 0 ? Object.fromEntries(others) : null
  return columns
}
