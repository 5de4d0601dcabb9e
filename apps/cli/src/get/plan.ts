import { UsageError } from '../errors/command-error.ts'

export interface GetPlan {
  /** Only calls of this agent. */
  agentId: number | undefined
  ids: number[]
}

/** The command that shows the ids of calls. */
export const listIds = (agent: number | '<agent-id>' = '<agent-id>'): string =>
  `cekura-logs list --agent ${agent} --fields id,call_id,timestamp`

/** @throws {UsageError} if an argument is not an id */
export function planGet(agentId: number | undefined, args: readonly string[]): GetPlan {
  if (args.length === 0) throw new UsageError('Missing id.', listIds(agentId))
  const invalidId = args.find((id) => !/^[1-9]\d*$/.test(id) || !Number.isSafeInteger(Number(id)))
  if (invalidId !== undefined)
    throw new UsageError(
      `Invalid id "${invalidId.slice(0, 80)}": expected the numeric id, not call_id.`,
      listIds(agentId),
    )
  return { agentId, ids: [...new Set(args.map(Number))] }
}
