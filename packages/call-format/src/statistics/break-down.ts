import { readDuration } from '../time/read-duration.ts'
import { toWallTime, isTimeZone } from '../time/zone.ts'
import { compareRates, correctComparisons, type RateChange } from './compare-rates.ts'
import { noOutcomes, outcomeOf, type OutcomeCounts } from './outcome.ts'
import { summarizeValues } from './quantile.ts'

type Call = Readonly<Record<string, unknown>>

const quarterMs = 900_000

/** What calls can be grouped by; `metric:312` is the label of an enum metric. */
export type Dimension = 'topic' | 'reason' | 'dropoff' | 'hour' | `metric:${number}`

const fields: Record<string, string> = {
  topic: 'topic',
  reason: 'call_ended_reason',
  dropoff: 'dropoff_point',
}

export const isDimension = (text: string): text is Dimension =>
  Object.hasOwn(fields, text) || text === 'hour' || /^metric:\d{1,15}$/.test(text)

/**
 * How to read the hour of a time in a zone, `00` to `23`; empty for NaN.
 *
 * @throws {RangeError} when the zone is unknown
 */
export function hourReader(zone: string): (timeMs: number) => string {
  if (!isTimeZone(zone)) throw new RangeError(`Unknown time zone "${zone}".`)
  // Clocks change at a quarter of an hour, and asking for the zone's time is slow.
  const hours = new Map<number, string>()
  return (timeMs) => {
    if (Number.isNaN(timeMs)) return ''
    const quarter = Math.floor(timeMs / quarterMs)
    let hour = hours.get(quarter)
    if (hour === undefined) {
      hour = new Date(toWallTime(quarter * quarterMs, zone)).toISOString().slice(11, 13)
      hours.set(quarter, hour)
    }
    return hour
  }
}

/**
 * How to read the value of a dimension from a call; empty when the call has none. Hours are `00` to
 * `23` in the zone.
 *
 * @throws {RangeError} when the zone is unknown
 */
export function dimensionReader(dimension: Dimension, zone = 'UTC'): (call: Call) => string {
  const field = fields[dimension]
  if (field !== undefined) return (call) => (typeof call[field] === 'string' ? call[field] : '')
  if (dimension === 'hour') {
    const readHour = hourReader(zone)
    return (call) => readHour(Date.parse(String(call['timestamp'])))
  }
  const id = Number(dimension.slice('metric:'.length))
  return ({ metrics }) => {
    const list: unknown[] = Array.isArray(metrics) ? metrics : []
    const metric = list.find((one) => (one as { id?: unknown } | null)?.id === id)
    const label = (metric as { enum?: unknown } | undefined)?.enum
    return typeof label === 'string' ? label : ''
  }
}

export interface BreakdownRow {
  /** Empty for calls without a value. */
  value: string
  /** The rows beyond the largest, as one. */
  isOther: boolean
  calls: number
  callsBefore: number
  /** Evaluated calls of the period. */
  evaluated: number
  change: RateChange
  /**
   * The row's part of the change of the overall rate: what its number of calls and its rate
   * changed. Null when one of the periods has no evaluated call.
   */
  contribution: number | null
  /** The part that comes from more or fewer calls; the rest comes from the rate. */
  mixEffect: number | null
  /** Of the calls of the period with a duration; null without one. */
  medianSeconds: number | null
  /** How many calls the median is of. */
  durationsKnown: number
}

export interface Breakdown {
  overall: RateChange
  /** By absolute contribution, "other" last. Contributions add up to `overall.difference`. */
  rows: BreakdownRow[]
}

interface Group {
  now: OutcomeCounts
  before: OutcomeCounts
  seconds: number[]
}

const newGroup = (): Group => ({ now: noOutcomes(), before: noOutcomes(), seconds: [] })
const callsOf = (counts: OutcomeCounts): number =>
  counts.success + counts.failure + counts.not_evaluated
const rateOf = ({ success, failure }: OutcomeCounts) => ({
  successes: success,
  evaluated: success + failure,
})

function addUp(groups: Iterable<Group>): Group {
  const sum = newGroup()
  for (const { now, before, seconds } of groups) {
    for (const name of ['success', 'failure', 'not_evaluated'] as const) {
      sum.now[name] += now[name]
      sum.before[name] += before[name]
    }
    for (const value of seconds) sum.seconds.push(value)
  }
  return sum
}

/** Mix and rate effect of a group on the change of the overall rate. */
function effectsOf(group: Group, total: Group): { mix: number; rate: number } | null {
  const [now, before] = [rateOf(group.now), rateOf(group.before)]
  const [allNow, allBefore] = [rateOf(total.now), rateOf(total.before)]
  if (allNow.evaluated === 0 || allBefore.evaluated === 0) return null
  if (now.evaluated === 0 && before.evaluated === 0) return { mix: 0, rate: 0 }
  const r1 = now.evaluated > 0 ? now.successes / now.evaluated : before.successes / before.evaluated
  const r0 = before.evaluated > 0 ? before.successes / before.evaluated : r1
  const [w1, w0] = [now.evaluated / allNow.evaluated, before.evaluated / allBefore.evaluated]
  const overall =
    (allNow.successes / allNow.evaluated + allBefore.successes / allBefore.evaluated) / 2
  return { mix: (w1 - w0) * ((r0 + r1) / 2 - overall), rate: ((w0 + w1) / 2) * (r1 - r0) }
}

function toRow(value: string, isOther: boolean, group: Group, total: Group): BreakdownRow {
  const effects = effectsOf(group, total)
  const { known, p50 } = summarizeValues(group.seconds)
  return {
    value,
    isOther,
    calls: callsOf(group.now),
    callsBefore: callsOf(group.before),
    evaluated: rateOf(group.now).evaluated,
    change: compareRates(rateOf(group.now), rateOf(group.before)),
    contribution: effects && effects.mix + effects.rate,
    mixEffect: effects && effects.mix,
    medianSeconds: p50,
    durationsKnown: known,
  }
}

export interface BreakdownPeriods {
  now: Iterable<Call>
  before: Iterable<Call>
}

/**
 * What moved the success rate between two periods, by the values of a dimension. The comparisons of
 * the rows are corrected together (Holm).
 *
 * @param maxRows default 24, a row for each hour; the values with the fewest calls are one row "other"
 */
export function breakDown(
  { now, before }: BreakdownPeriods,
  read: (call: Call) => string,
  maxRows = 24,
): Breakdown {
  const groups = new Map<string, Group>()
  const groupOf = (call: Call): Group => {
    const value = read(call)
    let group = groups.get(value)
    if (!group) groups.set(value, (group = newGroup()))
    return group
  }
  for (const call of now) {
    const group = groupOf(call)
    group.now[outcomeOf(call)] += 1
    const seconds = readDuration(call['duration'])
    if (seconds !== null) group.seconds.push(seconds)
  }
  for (const call of before) groupOf(call).before[outcomeOf(call)] += 1
  const total = addUp(groups.values())
  const largest = [...groups].sort(
    ([a, x], [b, y]) =>
      callsOf(y.now) + callsOf(y.before) - callsOf(x.now) - callsOf(x.before) || (a < b ? -1 : 1),
  )
  const shown = largest.length > maxRows ? largest.slice(0, maxRows - 1) : largest
  const others = largest.slice(shown.length).map(([, group]) => group)
  const rows = shown
    .map(([value, group]) => toRow(value, false, group, total))
    .sort((a, b) => Math.abs(b.contribution ?? 0) - Math.abs(a.contribution ?? 0))
  if (others.length > 0) rows.push(toRow('', true, addUp(others), total))
  const changes = correctComparisons(rows.map(({ change }) => change))
  return {
    overall: compareRates(rateOf(total.now), rateOf(total.before)),
    rows: rows.map((row, index) => ({ ...row, change: changes[index]! })),
  }
}
