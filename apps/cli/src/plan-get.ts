import { UsageError } from './command-error.ts'
import { requireAgent } from './command-options.ts'
import { readTime } from './settings/read-time.ts'

export interface GetPlan {
  agentId: number
  ids: number[]
  /** How far to look back; undefined as far as the service does by itself. */
  from: number | undefined
}

/** @throws {UsageError} when a word is no id */
export function planGet(
  { agent, from, now }: { agent?: number | undefined; from?: string | undefined; now: number },
  words: readonly string[],
): GetPlan {
  const stranger = words.find((id) => !/^[1-9]\d{0,15}$/.test(id))
  if (stranger !== undefined || words.length === 0)
    throw new UsageError(
      `Cannot get calls: ${stranger === undefined ? 'no id is given' : `"${stranger.slice(0, 80)}" is no id`}; the id is the number in the field id, the provider's call_id is another one`,
      `cekura-logs list --agent ${agent ?? 2142} --fields id,call_id,timestamp`,
    )
  return {
    agentId: requireAgent('get calls', agent),
    ids: [...new Set(words.map(Number))],
    from: from === undefined ? undefined : readTime('from', from, now),
  }
}
