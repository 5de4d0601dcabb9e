import { CekuraError, type CekuraClient } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import { createRecordWriter, type OutputOptions } from '../output/write-records.ts'
import { listIds, type GetPlan } from './plan.ts'

/** Requests at a time. */
const concurrency = 4

/** A call; undefined if the API has none, or it is of another agent. */
async function findCall(
  { callLogs }: CekuraClient,
  id: number,
  agentId: number | undefined,
  signal: AbortSignal,
) {
  try {
    const call = await callLogs.get({ id }, { signal })
    return agentId === undefined || call.agent === agentId ? call : undefined
  } catch (error) {
    if (CekuraError.is(error, 'not_found')) return undefined
    throw error
  }
}

function missingError(missing: readonly number[], { ids, agentId }: GetPlan): CommandError {
  const names = missing.join(', ')
  const where = agentId === undefined ? '' : ` for agent ${agentId}`
  const what =
    missing.length === 1
      ? `Call ${names} not found${where}`
      : `${missing.length} of ${ids.length} calls not found${where}: ${names}`
  return new CommandError(`${what}. Pass id, not call_id.`, {
    code: 'calls_missing',
    exitCode: exitCodes.failed,
    suggestion: listIds(agentId),
  })
}

/**
 * Gets calls by id, in the order requested.
 *
 * @throws {CommandError} if the API does not return one, after the others are written
 */
export async function runGet(
  plan: GetPlan,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const client = await context.createClient()
  const { ids, agentId } = plan
  const { signal } = context.io
  const missing: number[] = []
  const writer = createRecordWriter(context, options, { operation: 'callLogs.get', isRecord: true })
  for (let at = 0; at < ids.length; at += concurrency) {
    const group = ids.slice(at, at + concurrency)
    const calls = await Promise.all(group.map((id) => findCall(client, id, agentId, signal)))
    for (const [index, call] of calls.entries())
      if (call) await writer.write(call)
      else missing.push(group[index]!)
  }
  await writer.end({ missing })
  if (missing.length === 0) return
  await context.out.flush()
  throw missingError(missing, plan)
}
