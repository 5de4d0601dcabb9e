import { UsageError } from '../command-error.ts'
import { requireAgent } from '../command-options.ts'
import { checkRange } from '../settings/check-range.ts'
import { readTime } from '../settings/read-time.ts'

const dayMs = 86_400_000

export interface RangePlan {
  agentId: number
  from: number
  to: number
}

/** Whose calls to count: those of a range, or of an export. */
export type StatsPlan = RangePlan | { path: string }

/** @throws {UsageError} when it is not clear whose calls are meant, or when */
export function planStats(
  path: string | undefined,
  options: { agent?: number | undefined; from?: string | undefined; to?: string | undefined },
  now: number,
): StatsPlan {
  if (path !== undefined) {
    if (options.from === undefined && options.to === undefined) return { path }
    throw new UsageError(
      'Cannot count calls: --from and --to choose calls of the service, and an export is counted whole',
      `cekura-logs stats ${path}`,
    )
  }
  const agentId = requireAgent('count calls', options.agent)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  const from = options.from === undefined ? to - 7 * dayMs : readTime('from', options.from, now)
  checkRange('count calls', { text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to }
}
