/** What a column of a table holds. */
export type ColumnType = 'integer' | 'seconds' | 'number' | 'boolean' | 'instant' | 'json' | 'text'
export type Columns = Readonly<Record<string, ColumnType>>

/** Types are fixed, so that files of different days have one schema. */
export const callColumns = {
  id: 'integer',
  call_id: 'text',
  timestamp: 'instant',
  status: 'text',
  duration: 'text',
  duration_seconds: 'seconds',
  success: 'boolean',
  is_reviewed: 'boolean',
  agent: 'integer',
  call_ended_reason: 'text',
  dropoff_point: 'text',
  topic: 'text',
  customer_number: 'text',
  feedback: 'text',
  error_message: 'text',
  metrics: 'json',
  created_at: 'instant',
  updated_at: 'instant',
  extra: 'json',
  _deleted_at: 'instant',
} as const satisfies Columns

export const metricColumns = {
  call_log_id: 'integer',
  timestamp: 'instant',
  metric_id: 'integer',
  name: 'text',
  type: 'text',
  score: 'number',
  enum: 'text',
  value: 'text',
} as const satisfies Columns
