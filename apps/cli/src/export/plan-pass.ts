import { dayMs } from '@cekura-kit/call-format'
import { typeTime } from '../config/time.ts'
import { StateError } from '../errors/command-error.ts'
import { withFlag } from '../errors/suggestion.ts'
import { settleMs, type ExportPlan } from './plan.ts'
import { subtract, type Span } from './read/span.ts'
import type { PreviousRun } from './state/records.ts'

const defaultLookbackMs = 3 * dayMs

export interface PassPlan {
  status: 'new' | 'resumed' | 'extended' | 'refreshed' | 'up to date'
  range: Span
  /** A new pass reads windows after this time again; undefined continues the current pass. */
  rereadSince: number | undefined
  /** What has to be read. */
  gaps: Span[]
}

/**
 * The start of the range: that of the state for the same words, and for the same time in other words.
 *
 * @throws {StateError} if the state has another start
 */
function resolveStart({ from, path }: ExportPlan, previous: PreviousRun): number {
  const stored = previous.from
  if (from.text === stored.text || from.time === stored.time) return stored.time
  const time = typeTime(stored.time)
  throw new StateError(
    `${path} was started with --from ${time}; this run uses another range.`,
    (args) => withFlag(args, '--from', time),
  )
}

/**
 * What a run has to read, given what earlier runs read.
 *
 * The same words continue an unfinished export with the times they meant then, and extend a finished
 * one up to now. Earlier calls stay.
 *
 * @throws {StateError} if the state has another start
 */
export function planPass(
  plan: ExportPlan,
  previous: PreviousRun | undefined,
  now: number,
): PassPlan {
  const { to } = plan
  const settled = now - settleMs
  if (!previous) {
    const range = { start: plan.from.time, end: to?.time ?? settled }
    return { status: 'new', range, rereadSince: undefined, gaps: [range] }
  }
  const start = resolveStart(plan, previous)
  const { windows } = previous
  const reached = previous.to.time
  if (!previous.isComplete) {
    const isSame = to === undefined || to.text === previous.to.text
    const range = { start, end: isSame ? reached : Math.max(reached, to.time) }
    return { status: 'resumed', range, rereadSince: undefined, gaps: subtract(range, windows) }
  }
  const range = { start, end: Math.max(reached, to?.time ?? settled) }
  const isLonger = range.end > reached
  const isFinal = windows.every(({ stable, closed }) => stable && closed)
  if (!isLonger && plan.lookbackMs === undefined && isFinal)
    return { status: 'up to date', range, rereadSince: undefined, gaps: [] }
  const wantsLookback = isLonger || plan.lookbackMs !== undefined
  // Calls that could still change are read again, however long ago they were made.
  const since = Math.min(
    wantsLookback ? reached - (plan.lookbackMs ?? defaultLookbackMs) : reached,
    ...windows.filter(({ closed }) => !closed).map((window) => window.start),
  )
  const kept = windows.filter((window) => window.end <= since && window.stable)
  return {
    status: isLonger ? 'extended' : 'refreshed',
    range,
    rereadSince: since,
    gaps: subtract(range, kept),
  }
}
