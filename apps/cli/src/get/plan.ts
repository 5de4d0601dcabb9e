import { UsageError } from '../errors/command-error.ts'

/** Shows the ids of calls. */
export const listIds = 'cekura-logs list --agent <agent-id> --fields id,call_id,timestamp'

/** The ids, each once. @throws {UsageError} if an argument is not an id */
export function planGet(args: readonly string[]): number[] {
  if (args.length === 0) throw new UsageError('Missing id.', listIds)
  const invalidId = args.find((id) => !/^[1-9]\d*$/.test(id) || !Number.isSafeInteger(Number(id)))
  if (invalidId !== undefined)
    throw new UsageError(
      `Invalid id "${invalidId.slice(0, 80)}": expected the numeric id, not call_id.`,
      listIds,
    )
  return [...new Set(args.map(Number))]
}
