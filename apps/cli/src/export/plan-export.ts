import type { PiiRule } from '@cekura-kit/call-format'
import { StateError } from '../command-error.ts'
import { iso } from './instant.ts'
import type { WindowRecord } from './ledger.ts'
import type { Target } from './paths.ts'
import { settleMs } from './settle.ts'
import { shardSpans, subtract } from './spans.ts'
import type { Span } from './span.ts'

export { settleMs } from './settle.ts'

export interface ExportPlan extends Target {
  /** Start of the range, in milliseconds since 1970. */
  from: number
  /** End of the range, which it does not hold; default ten minutes ago, when calls have settled. */
  to?: number | undefined
  pii: PiiRule
  /** What becomes of calls that the service does not have any more. */
  goneCalls: 'mark' | 'drop'
  /** How much of what was read is read again, for calls that changed; default 3 days when `to` grows. */
  lookbackMs?: number | undefined
  /** Most requests at a time. */
  concurrency: number
  /** Calls asked for at a time. */
  pageSize: number
  /** `restart` throws the state away, `resume` wants one; default `auto`. */
  begin: 'auto' | 'restart' | 'resume'
}

/** What an earlier run has left. */
export interface Reached {
  /** End of the range it was to read. */
  to: number
  windows: readonly WindowRecord[]
  /** Whether it has come to its end, missing calls looked after. */
  isComplete: boolean
}

export interface PassPlan {
  began: 'new' | 'resumed' | 'extended' | 'refreshed' | 'unchanged'
  range: Span
  /** Windows after this instant are read again in a new pass; undefined goes on with the old one. */
  rereadSince: number | undefined
  /** What has to be read. */
  gaps: Span[]
}

const defaultLookbackMs = 3 * 86_400_000

/** What a run has to read, given what earlier ones have. */
export function planPass(plan: ExportPlan, reached: Reached | undefined, now: number): PassPlan {
  const { from, to, shard } = plan
  const settled = now - settleMs
  const gapsOf = (range: Span, windows: readonly Span[]): Span[] =>
    subtract(shardSpans(range, shard), windows)
  if (!reached) {
    const range = { start: from, end: to ?? settled }
    return { began: 'new', range, rereadSince: undefined, gaps: gapsOf(range, []) }
  }
  const { windows } = reached
  if (!reached.isComplete) {
    // Without an end of its own, a run first finishes what an earlier one has begun.
    const range = { start: from, end: Math.max(reached.to, to ?? reached.to) }
    return { began: 'resumed', range, rereadSince: undefined, gaps: gapsOf(range, windows) }
  }
  const end = Math.max(reached.to, to ?? settled)
  const isLonger = end > reached.to
  const isProved = windows.every(({ stable, closed }) => stable && closed)
  const range = { start: from, end }
  if (!isLonger && plan.lookbackMs === undefined && isProved)
    return { began: 'unchanged', range, rereadSince: undefined, gaps: [] }
  const wantsLookback = isLonger || plan.lookbackMs !== undefined
  // Calls that had not settled are read again, however long ago they were made.
  const since = Math.min(
    wantsLookback ? reached.to - (plan.lookbackMs ?? defaultLookbackMs) : reached.to,
    ...windows.filter(({ closed }) => !closed).map(({ start }) => start),
  )
  const kept = windows.filter((window) => window.end <= since && window.stable)
  return {
    began: isLonger ? 'extended' : 'refreshed',
    range,
    rereadSince: since,
    gaps: gapsOf(range, kept),
  }
}

/** What a state cannot be gone on with differently. */
export type Identity = Readonly<Record<string, string | number>>

export const identityOf = (plan: ExportPlan, baseUrl: string, keyCheck: string): Identity => ({
  service: baseUrl,
  agent: plan.agentId,
  from: iso(plan.from),
  format: plan.format,
  partition: plan.partition,
  pii: plan.pii,
  'gone-calls': plan.goneCalls,
  shard: plan.shard ? `${plan.shard.index}/${plan.shard.of}` : 'none',
  ...(plan.pii === 'hash' && { 'hash key': keyCheck }),
})

/** @throws {StateError} when the state was begun with other arguments */
export function checkIdentity(mine: Identity, theirs: Identity, path: string): void {
  const other = Object.entries(mine).find(([name, value]) => theirs[name] !== value)
  if (!other) return
  throw new StateError(
    `Cannot export: the state of ${path} was begun with ${other[0]} ${String(theirs[other[0]])}, and this run has ${other[1]}`,
    '--restart to begin anew; or give another --output',
  )
}
