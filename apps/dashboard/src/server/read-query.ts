import { isDimension, type Dimension, type TimeRange } from '@cekura-kit/call-format'
import type { Context } from 'hono'
import { z } from 'zod'
import { filterNames, filterReaders, readInteger } from '../shared/call-filter.ts'
import { readZone, type CallFilter } from '../shared/call-filter.ts'
import { readList } from '../shared/choice.ts'
import { defaultSort, readOrder } from '../shared/columns.ts'
import { exportFormats, exportRules } from '../shared/dashboard-api.ts'
import { facetNames, type FacetName } from '../shared/facets.ts'
import { findRangeProblem, rangeNames } from '../shared/ranges.ts'
import { Rejection } from './problem.ts'

/** A parameter by a function that reads it. */
const parameter = <Value>(read: (text: string) => Value | undefined) =>
  z.string().transform((text, context): Value => {
    const value = read(text)
    if (value === undefined) context.addIssue({ code: 'custom', message: 'is invalid' })
    return value ?? z.NEVER
  })

const integer = parameter(readInteger)
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const zone = parameter(readZone).default('UTC')
const flag = z.stringbool().default(false)
const sort = parameter(readOrder).default(readOrder(defaultSort)!)

const choiceOf = (name: FacetName) => parameter(filterReaders[name]).optional()
const filter = {
  agent_id: integer,
  from: time,
  to: time,
  zone,
  ...(Object.fromEntries(facetNames.map((name) => [name, choiceOf(name)])) as Record<
    FacetName,
    ReturnType<typeof choiceOf>
  >),
  min: integer.optional(),
  max: integer.optional(),
  metric: parameter(filterReaders.metric).optional(),
  q: parameter(filterReaders.q).optional(),
}
export type Filtered = z.output<z.ZodObject<typeof filter>>

/** The filter within a query. */
export const toFilter = (query: Filtered): CallFilter => ({
  zone: query.zone,
  ...Object.fromEntries(filterNames.map((name) => [name, query[name]])),
})

const ofAgent = { agent_id: integer, zone, reload: flag }
export const rangeQuery = z.union([
  z.strictObject({ ...ofAgent, range: z.enum(rangeNames) }),
  z.strictObject({ ...ofAgent, from: time, to: time }),
])
export const rowsQuery = z.strictObject({
  ...filter,
  sort,
  offset: integer.default(0),
  limit: integer.pipe(z.number().min(1).max(1000)).default(200),
  scores: z.string().transform(readList).default([]),
})
export const placeQuery = z.strictObject({ ...filter, sort, id: integer })
export const summaryQuery = z.strictObject({
  ...filter,
  by: z.custom<Dimension>((text) => isDimension(String(text))).default('topic'),
  compare: flag,
})
export const trendQuery = z.strictObject({ ...filter, id: integer, compare: flag })
export const exportQuery = z.strictObject({
  ...filter,
  sort,
  format: z.enum(exportFormats),
  pii: z.enum(exportRules),
})
export const callQuery = z.strictObject({ agent_id: integer, id: integer })
export const noQuery = z.strictObject({})

const badQuery = (message: string): Rejection =>
  new Rejection(400, 'bad_query', `Invalid query: ${message}`, 'Reset the filters.')

/** A range that can be shown. */
export function checkRange({ from, to }: TimeRange): TimeRange {
  const problem = findRangeProblem(from, to)
  if (problem !== undefined) throw badQuery(problem)
  return { from, to }
}

/** The query of a request: each parameter known, given once and valid. */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  context: Context,
): z.output<Schema> {
  const given = Object.entries(context.req.queries())
  const repeated = given.find(([, values]) => values.length > 1)
  if (repeated) throw badQuery(`"${repeated[0].slice(0, 50)}" is given twice.`)
  const result = schema.safeParse(context.req.query())
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw badQuery(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is invalid'}.`.trim())
}
