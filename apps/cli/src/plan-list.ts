import type { CallLogStatus } from '@cekura-kit/client'
import { requireAgent } from './command-options.ts'
import { checkRange } from './settings/check-range.ts'
import { readTime } from './settings/read-time.ts'

export interface ListPlan {
  agentId: number
  /** Undefined: the service decides how far back it looks. */
  from: number | undefined
  to: number
  limit: number
  assistant: string | undefined
  status: CallLogStatus | undefined
}

/** @throws {UsageError} when something is missing or contradicts */
export function planList(options: {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  assistant?: string | undefined
  status?: CallLogStatus | undefined
  now: number
}): ListPlan {
  const { now, limit, assistant, status } = options
  const agentId = requireAgent('list calls', options.agent)
  const from = options.from === undefined ? undefined : readTime('from', options.from, now)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  if (from !== undefined)
    checkRange('list calls', { text: options.from, time: from }, { text: options.to, time: to })
  return { agentId, from, to, limit, assistant, status }
}
