import { getCallLogs, type CallLog, type CekuraClient } from '@cekura-kit/client'
import { CommandError, exitCodes } from './command-error.ts'
import type { Context } from './context.ts'
import type { GetPlan } from './plan-get.ts'
import { createCallWriter, type CallOutput } from './write-calls.ts'

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
    `${missing.length} of ${plan.ids.length} calls not found for agent ${plan.agentId}: ${names}. ${
      isFar ? '' : 'Add --from to search further back; '
    }pass id, not call_id`,
    {
      code: 'calls_missing',
      exitCode: exitCodes.failed,
      fix: isFar
        ? `cekura-logs list --agent ${plan.agentId} --fields id,call_id,timestamp`
        : ['--from', '365d'],
    },
  )
}
