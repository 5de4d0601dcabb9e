import { isDimension, isTimeZone, type Dimension } from '@cekura-kit/call-format'
import type { Context } from 'hono'
import { z } from 'zod'
import { readChoice, readList, type Choice } from '../shared/choice.ts'
import { defaultSort, readOrder } from '../shared/columns.ts'
import { exportFormats, exportRules } from '../shared/dashboard-api.ts'
import { facetNames, findWrongValue, type FacetName } from '../shared/facets.ts'
import { readMetricFilter } from '../shared/metric-filter.ts'
import { findRangeProblem, rangeNames } from '../shared/ranges.ts'
import type { CallFilter } from './filter-calls.ts'

/** A query that no route accepts; the message may be shown. */
export class BadQuery extends Error {}

const integer = z
  .string()
  .regex(/^\d{1,15}$/, 'must be an integer')
  .transform(Number)
const time = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2025-01-31T09:00:00Z' })
  .transform((text) => Date.parse(text))
const zone = z.string().max(100).refine(isTimeZone, 'must be a time zone').default('UTC')
const list = z.string().max(4000).transform(readList)
const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .default(false)

/** Reads a string, or says what it must be. */
const parsed = <Value>(read: (text: string) => Value | undefined, message: string) =>
  z
    .string()
    .max(4000)
    .transform((text, context) => {
      const value = read(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

function readMetrics(text: string) {
  const filters = readList(text).map(readMetricFilter)
  return filters.every((filter) => filter !== undefined) ? filters : undefined
}

const choiceOf = (name: FacetName) =>
  parsed((text): Choice | undefined => {
    const choice = readChoice(text)
    return findWrongValue(name, choice.values) === undefined ? choice : undefined
  }, 'has an unknown value').optional()
const choices = Object.fromEntries(facetNames.map((name) => [name, choiceOf(name)])) as Record<
  FacetName,
  ReturnType<typeof choiceOf>
>

const filter = {
  agent_id: integer,
  from: time,
  to: time,
  zone,
  ...choices,
  min: integer.optional(),
  max: integer.optional(),
  metric: parsed(readMetrics, 'must look like 310:2..4 or 312:=positive').optional(),
  q: z.string().max(200).optional(),
}
const sort = parsed(readOrder, 'must be the name of a column').default(readOrder(defaultSort)!)
const ids = list.transform((texts) => new Set(texts.map(Number)))

interface Ends {
  from?: number | undefined
  to?: number | undefined
}
const problemOf = ({ from = 0, to = 1 }: Ends) => findRangeProblem(from, to)
const isRange = (ends: Ends): boolean => problemOf(ends) === undefined
const rangeError = { error: ({ input }: { input?: unknown }) => problemOf(input as Ends) ?? '' }

export const noQuery = z.strictObject({})
export const rangeQuery = z
  .strictObject({
    agent_id: integer,
    range: z.enum(rangeNames).optional(),
    from: time.optional(),
    to: time.optional(),
    zone,
    reload: flag,
  })
  .refine(
    ({ range, from, to }) =>
      range ? from === undefined && to === undefined : from !== undefined && to !== undefined,
    'must have either range, or from and to',
  )
  .refine(isRange, rangeError)
export const summaryQuery = z
  .strictObject({
    ...filter,
    by: z.custom<Dimension>((text) => isDimension(String(text))).default('topic'),
    compare: flag,
  })
  .refine(isRange, rangeError)
export const trendQuery = z
  .strictObject({ ...filter, id: integer, compare: flag })
  .refine(isRange, rangeError)
export const rowsQuery = z
  .strictObject({
    ...filter,
    sort,
    offset: integer.default(0),
    limit: integer.pipe(z.number().min(1).max(1000)).default(200),
    scores: ids.optional(),
  })
  .refine(isRange, rangeError)
export const placeQuery = z
  .strictObject({ ...filter, sort, id: integer })
  .refine(isRange, rangeError)
export const exportQuery = z
  .strictObject({ ...filter, sort, format: z.enum(exportFormats), pii: z.enum(exportRules) })
  .refine(isRange, rangeError)
export const callQuery = z.strictObject({ agent_id: integer, id: integer })

/** The query of a request: each parameter known, given once and valid. */
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
  throw new BadQuery(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is invalid'}`.trim())
}

export type Filtered = z.output<z.ZodObject<typeof filter>>

/** The filter within a query. */
export function toFilter(query: Filtered): CallFilter {
  const { zone, min, max, metric, q } = query
  const facets = Object.fromEntries(facetNames.map((name) => [name, query[name]]))
  return { facets, zone, min, max, metrics: metric, q }
}
