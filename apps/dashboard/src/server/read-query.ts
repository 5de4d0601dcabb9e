import type { Context } from 'hono'
import { z } from 'zod'
import { exportFormats, exportRules, longestRangeDays } from '../shared/dashboard-api.ts'
import { dayMs, rangeNames, sortPattern, type SortKey } from '../shared/dashboard-api.ts'
import { readList } from '../shared/list-text.ts'
import { readMetricFilter } from '../shared/metric-filter.ts'
import type { CallFilter } from './filter-calls.ts'

/** A query that no route understands; the message may be shown. */
export class BadQuery extends Error {}

const whole = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)
const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant, as 2025-01-31T09:00:00Z' })
  .transform((text) => Date.parse(text))
const list = z.string().max(4000).transform(readList)
const metrics = list.transform((texts, context) =>
  texts.flatMap((text) => {
    const filter = readMetricFilter(text)
    if (!filter)
      context.addIssue({ code: 'custom', message: 'must look like 310:2..4 or 312:=positive' })
    return filter ?? []
  }),
)

const range = { agent_id: whole, from: instant, to: instant }
const filter = {
  ...range,
  status: list.optional(),
  reason: list.optional(),
  topic: list.optional(),
  reviewed: list.optional(),
  min: whole.optional(),
  max: whole.optional(),
  metric: metrics.optional(),
  q: z.string().max(200).optional(),
}
const sort = z.string().regex(sortPattern, 'names no column').default('-timestamp')
const isRange = ({ from, to }: { from: number; to: number }): boolean =>
  from < to && to - from <= longestRangeDays * dayMs
const wrongRange = `from must be before to, and at most ${longestRangeDays} days before`

export const noQuery = z.strictObject({})
export const windowQuery = z
  .strictObject({
    agent_id: whole,
    range: z.enum(rangeNames).optional(),
    from: instant.optional(),
    to: instant.optional(),
    fresh: z.enum(['newer', 'all']).optional(),
  })
  .refine(
    ({ range, from, to }) =>
      range ? from === undefined && to === undefined : from !== undefined && to !== undefined,
    'must have either range, or from and to',
  )
  .refine(({ from = 0, to = 1 }) => isRange({ from, to }), wrongRange)
export const summaryQuery = z
  .strictObject({
    ...filter,
    offset: z.coerce.number().int().min(-840).max(840).optional(),
  })
  .refine(isRange, wrongRange)
export const rowsQuery = z
  .strictObject({
    ...filter,
    sort,
    offset: whole.default(0),
    limit: whole.pipe(z.number().min(1).max(1000)).default(200),
  })
  .refine(isRange, wrongRange)
export const placeQuery = z.strictObject({ ...filter, sort, id: whole }).refine(isRange, wrongRange)
export const exportQuery = z
  .strictObject({ ...filter, sort, format: z.enum(exportFormats), pii: z.enum(exportRules) })
  .refine(isRange, wrongRange)
export const newerQuery = z.strictObject(range).refine(isRange, wrongRange)
export const revealQuery = z.strictObject({ agent_id: whole, id: whole, at: instant.optional() })
export const callLogsQuery = z
  .strictObject({
    agent_id: whole,
    call_ids: z
      .string()
      .regex(/^\d{1,15}(,\d{1,15}){0,99}$/, 'must be call log ids, as 1,2,3')
      .optional(),
    assistant_id: z.string().min(1).max(200).optional(),
    timestamp_from: instant.optional(),
    timestamp_to: instant.optional(),
    page: whole.pipe(z.number().min(1)).optional(),
    page_size: whole.pipe(z.number().min(1).max(200)).optional(),
  })
  .refine(
    ({ timestamp_from: from = 0, timestamp_to: to = from + 1 }) => isRange({ from, to }),
    wrongRange,
  )

/** The query of a request, each parameter known, given once, and of its form. */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  context: Context,
): z.output<Schema> {
  const given = Object.entries(context.req.queries())
  const repeated = given.find(([, values]) => values.length > 1)
  if (repeated) throw new BadQuery(`"${repeated[0].slice(0, 50)}" is given twice`)
  const result = schema.safeParse(Object.fromEntries(given.map(([name, [value]]) => [name, value])))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new BadQuery(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`.trim())
}

/** The filter and order within a checked query. */
export const toFilter = (query: Omit<z.output<typeof summaryQuery>, 'offset'>): CallFilter => {
  const { status, reason, topic, reviewed, min, max, metric, q } = query
  return { status, reason, topic, reviewed, min, max, metrics: metric, q }
}

export function toOrder(sort: string): { key: SortKey; isDescending: boolean } {
  return { key: sort.replace('-', '') as SortKey, isDescending: sort.startsWith('-') }
}
