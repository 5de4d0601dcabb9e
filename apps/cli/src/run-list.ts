import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { formatTable, summarise } from './format-table.ts'

export interface ListPlan {
  agentId: number
  limit: number
}

export interface Output {
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  stderr: { write(text: string): unknown }
}

/** Lists an agent's calls: a table for a person, one JSON object a line for a pipe. */
export async function runList(
  client: CekuraClient,
  plan: ListPlan,
  output: Output & { asTable: boolean },
): Promise<void> {
  const calls: CallLog[] = []
  const query = { agent_id: plan.agentId, page_size: Math.min(plan.limit, 100) }
  for await (const call of client.callLogs.list(query)) {
    calls.push(call)
    if (calls.length >= plan.limit) break
  }
  const { stdout, stderr } = output
  if (!output.asTable) {
    stdout.write(calls.map((call) => `${JSON.stringify(call)}\n`).join(''))
    return
  }
  stdout.write(`${formatTable(calls, stdout.columns ?? Infinity)}\n`)
  stderr.write(`${summarise(calls)}\n`)
}
