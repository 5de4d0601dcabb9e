import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { CommandError, exitCodes } from './command-error.ts'
import type { GetPlan } from './commands/get.ts'
import type { Context } from './context.ts'
import { createCallWriter, type CallOutput } from './write-calls.ts'

/** More would make an address longer than servers take. */
const idsPerRequest = 100

/**
 * Gets calls by id, in the order asked for.
 *
 * @throws {CommandError} after the others are written, when the service does not have one
 */
export async function runGet(
  client: CekuraClient,
  plan: GetPlan,
  output: CallOutput,
  context: Context,
): Promise<void> {
  const { signal } = context.io
  const found = new Map<number, CallLog>()
  for (let at = 0; at < plan.ids.length; at += idsPerRequest) {
    const call_ids = plan.ids.slice(at, at + idsPerRequest)
    const query = { agent_id: plan.agentId, call_ids, page_size: idsPerRequest }
    for await (const call of client.callLogs.list(query, { signal })) found.set(call.id, call)
  }
  const missing = plan.ids.filter((id) => !found.has(id))
  const writer = createCallWriter(context, output)
  for (const id of plan.ids) {
    const call = found.get(id)
    if (call) await writer.write(call)
  }
  await writer.end({ agent_id: plan.agentId, missing })
  if (missing.length === 0) return
  await context.out.flush()
  throw new CommandError(
    `Cannot get ${missing.length} of ${plan.ids.length} calls: agent ${plan.agentId} has none with the id ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ', …' : ''}; the provider's call_id is another number`,
    {
      code: 'calls_missing',
      exitCode: exitCodes.failed,
      fix: `cekura-logs list --agent ${plan.agentId} --fields id,call_id,timestamp`,
    },
  )
}
