import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { formatTable } from './format-table.ts'
import type { Output } from './run-list.ts'

export interface GetPlan {
  agentId: number
  ids: number[]
}

/** More would make an address longer than servers take. */
const idsPerRequest = 100

/**
 * Gets call logs by id, in the order asked for.
 *
 * @returns the ids that the service does not have
 */
export async function runGet(
  client: CekuraClient,
  plan: GetPlan,
  output: Output & { asTable: boolean },
): Promise<number[]> {
  const found = new Map<number, CallLog>()
  for (let at = 0; at < plan.ids.length; at += idsPerRequest) {
    const call_ids = plan.ids.slice(at, at + idsPerRequest)
    const query = { agent_id: plan.agentId, call_ids, page_size: idsPerRequest }
    for await (const call of client.callLogs.list(query)) found.set(call.id, call)
  }
  const calls = plan.ids.flatMap((id) => found.get(id) ?? [])
  const { stdout } = output
  if (calls.length > 0)
    stdout.write(
      output.asTable
        ? `${formatTable(calls, stdout.columns ?? Infinity)}\n`
        : calls.map((call) => `${JSON.stringify(call)}\n`).join(''),
    )
  return plan.ids.filter((id) => !found.has(id))
}
