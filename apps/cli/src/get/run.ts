import { getCallLogs, type CallLog, type CekuraClient } from '@cekura-kit/client'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import type { Context } from '../context.ts'
import { listIds, type GetPlan } from './plan.ts'
import { createCallWriter, type CallOutput } from '../output/write-calls.ts'

const maxNamedIds = 20

/**
 * Gets calls by id, in the order requested.
 *
 * @throws {CommandError} if the API does not return one, after the others are written
 */
export async function runGet(
  client: CekuraClient,
  plan: GetPlan,
  output: CallOutput,
  context: Context,
): Promise<void> {
  const { signal, now } = context.io
  const query = {
    agent_id: plan.agentId,
    call_ids: plan.ids,
    ...(plan.from !== undefined && {
      timestamp_from: new Date(plan.from),
      timestamp_to: new Date(now()),
    }),
  }
  const found = new Map<number, CallLog>()
  for await (const call of getCallLogs(client, query, { signal })) found.set(call.id, call)
  const missing = plan.ids.filter((id) => !found.has(id))
  const writer = createCallWriter(context, output)
  for (const id of plan.ids) {
    const call = found.get(id)
    if (call) await writer.write(call)
  }
  await writer.end({ agent_id: plan.agentId, missing })
  if (missing.length === 0) return
  await context.out.flush()
  const names = `${missing.slice(0, maxNamedIds).join(', ')}${missing.length > maxNamedIds ? ', …' : ''}`
  // Without a range, the API can look back only some days.
  const isFar = plan.from !== undefined
  throw new CommandError(
    `${missing.length === 1 ? `Call ${names}` : `${missing.length} of ${plan.ids.length} calls`} not found for agent ${plan.agentId}${missing.length === 1 ? '' : `: ${names}`}. ${
      isFar ? 'Pass id, not call_id.' : 'Add --from to search further back; pass id, not call_id.'
    }`,
    {
      code: 'calls_missing',
      exitCode: exitCodes.failed,
      suggestion: isFar ? listIds(plan.agentId) : ['--from', '365d'],
    },
  )
}
