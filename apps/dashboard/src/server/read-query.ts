import { z } from 'zod'
import { rangeNames, sortKeys } from '../shared/dashboard-api.ts'
import type { CallFilter, MetricFilter } from './filter-calls.ts'

const whole = z.coerce.number().int().nonnegative()
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const list = z
  .string()
  .max(4000)
  .transform((text) =>
    text.split('|').map((part, _, parts) => {
      try {
        return decodeURIComponent(part)
      } catch {
        return parts.length > 0 ? part : ''
      }
    }),
  )

function readMetric(text: string): MetricFilter | undefined {
  const [, id, value] = /^(\d+):(.+)$/s.exec(text) ?? []
  if (id === undefined || value === undefined) return undefined
  const [, from, to] = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(value) ?? []
  return from === undefined || to === undefined
    ? { id: Number(id), label: value }
    : { id: Number(id), from: Number(from), to: Number(to) }
}

const filter = {
  agent_id: whole,
  from: instant,
  to: instant,
  status: list.optional(),
  reason: list.optional(),
  topic: list.optional(),
  reviewed: list.optional(),
  min: whole.optional(),
  max: whole.optional(),
  metric: list.optional(),
  q: z.string().max(200).optional(),
}
const hasOrder = ({ from, to }: { from: number; to: number }): boolean => from < to

export const windowQuery = z.strictObject({
  agent_id: whole,
  range: z.enum(rangeNames).optional(),
  from: instant.optional(),
  to: instant.optional(),
  fresh: z.literal('1').optional(),
})
export const summaryQuery = z.strictObject(filter).refine(hasOrder)
export const rowsQuery = z
  .strictObject({
    ...filter,
    sort: z
      .string()
      .regex(new RegExp(`^-?(${sortKeys.join('|')})$`))
      .default('-timestamp'),
    offset: whole.default(0),
    limit: whole.min(1).max(1000).default(200),
  })
  .refine(hasOrder)
export const revealQuery = z.strictObject({ agent_id: whole, id: whole })
export const newerQuery = z.strictObject({ agent_id: whole, from: instant, to: instant })
export const callLogsQuery = z.strictObject({
  agent_id: whole,
  call_ids: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .optional(),
  assistant_id: z.string().min(1).max(200).optional(),
  timestamp_from: instant.optional(),
  timestamp_to: instant.optional(),
  page: whole.min(1).optional(),
  page_size: whole.min(1).max(200).optional(),
})

/** The filter within a checked query. */
export const toFilter = ({ metric, ...rest }: z.output<typeof summaryQuery>): CallFilter => ({
  ...rest,
  metrics: metric?.map(readMetric).filter((item) => item !== undefined),
})
