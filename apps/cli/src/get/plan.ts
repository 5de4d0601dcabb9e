import { UsageError } from '../errors/command-error.ts'
import { writeCommand } from '../errors/suggestion.ts'
import { readTime } from '../config/time.ts'
import { requireAgent } from '../options/flags.ts'

export interface GetPlan {
  agentId: number
  ids: number[]
  /** How far to look back; undefined: as far as the API does by default. */
  from: number | undefined
}

/** The command that shows the ids of calls. */
export const listIds = (agent: number | undefined): string =>
  writeCommand([
    'list',
    '--agent',
    agent === undefined ? '<agent-id>' : String(agent),
    '--fields',
    'id,call_id,timestamp',
  ])

/** @throws {UsageError} if an argument is not an id */
export function planGet(
  options: { agent: number | undefined; from: string | undefined; tz: string; now: number },
  args: readonly string[],
): GetPlan {
  const { agent, from, tz, now } = options
  if (args.length === 0) throw new UsageError('Missing id.', listIds(agent))
  const invalidId = args.find((id) => !/^[1-9]\d*$/.test(id) || !Number.isSafeInteger(Number(id)))
  if (invalidId !== undefined)
    throw new UsageError(
      `Invalid id "${invalidId.slice(0, 80)}": expected the numeric id, not call_id.`,
      listIds(agent),
    )
  return {
    agentId: requireAgent(agent),
    ids: [...new Set(args.map(Number))],
    from: from === undefined ? undefined : readTime('from', from, now, tz),
  }
}
