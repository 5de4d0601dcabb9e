import { dayMs, fromWallTime, hourMs, toWallTime, type TimeRange } from '@cekura-kit/call-format'

interface NamedRange {
  title: string
  /** The range that the name means at a time. */
  plan(now: number, zone: string): TimeRange
}

const last = (title: string, lengthMs: number): NamedRange => ({
  title,
  plan: (now) => ({ from: now - lengthMs, to: now }),
})

/** When a day of a zone starts, some days from the one that contains a time. */
function startOfDay(now: number, zone: string, days = 0): number {
  const midnight = Math.floor(toWallTime(now, zone) / dayMs) * dayMs
  return fromWallTime(midnight + days * dayMs, zone)
}

/** Days since Monday; 1970 started on a Thursday. */
const weekdayOf = (now: number, zone: string): number =>
  (Math.floor(toWallTime(now, zone) / dayMs) + 3) % 7

const sinceDay = (now: number, zone: string, days: number): TimeRange => {
  const from = startOfDay(now, zone, days)
  return { from, to: Math.max(now, from + 1000) }
}

/** Time ranges with a name. */
export const namedRanges = {
  '1h': last('Last hour', hourMs),
  '24h': last('Last 24 hours', dayMs),
  today: { title: 'Today', plan: (now, zone) => sinceDay(now, zone, 0) },
  yesterday: {
    title: 'Yesterday',
    plan: (now, zone) => ({ from: startOfDay(now, zone, -1), to: startOfDay(now, zone) }),
  },
  'this-week': {
    title: 'This week',
    plan: (now, zone) => sinceDay(now, zone, -weekdayOf(now, zone)),
  },
  'last-week': {
    title: 'Last week',
    plan(now, zone) {
      const day = -weekdayOf(now, zone)
      return { from: startOfDay(now, zone, day - 7), to: startOfDay(now, zone, day) }
    },
  },
  '7d': last('Last 7 days', 7 * dayMs),
  '14d': last('Last 14 days', 14 * dayMs),
  '30d': last('Last 30 days', 30 * dayMs),
} as const satisfies Record<string, NamedRange>

export type RangeName = keyof typeof namedRanges
export const rangeNames = Object.keys(namedRanges) as RangeName[]
export const defaultRange: RangeName = '7d'
/** The longest range, which is loaded in parts that the API accepts. */
export const maxRangeDays = 92

/** What is wrong with a range; undefined when it can be shown. */
export function findRangeProblem(from: number, to: number): string | undefined {
  if (Number.isNaN(from) || Number.isNaN(to)) return 'Set both dates.'
  if (to <= from) return 'The end must be after the start.'
  if (to - from > maxRangeDays * dayMs) return `A range has up to ${maxRangeDays} days.`
  return undefined
}
