import type { CallLog, CekuraClient } from '@cekura-kit/client'
import { CommandError, exitCodes } from './command-error.ts'
import { cutSpans } from './export/walk-plan.ts'
import { listPages } from './list-pages.ts'
import type { Context } from './context.ts'
import type { GetPlan } from './plan-get.ts'
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
  const windows =
    plan.from === undefined
      ? [undefined]
      : [...cutSpans([{ start: plan.from, end: context.io.now() }])].toReversed()
  for (const window of windows) {
    const wanted = plan.ids.filter((id) => !found.has(id))
    for (let at = 0; at < wanted.length; at += idsPerRequest) {
      const query = {
        agent_id: plan.agentId,
        call_ids: wanted.slice(at, at + idsPerRequest),
        page_size: idsPerRequest,
        ...(window && {
          timestamp_from: new Date(window.start),
          timestamp_to: new Date(window.end),
        }),
      }
      for await (const { results } of listPages(client, query, signal))
        for (const call of results) found.set(call.id, call)
    }
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
  // Without a range the service may look back some days only.
  const isFar = plan.from !== undefined
  const names = `${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ', …' : ''}`
  throw new CommandError(
    `Cannot get ${missing.length} of ${plan.ids.length} calls: agent ${plan.agentId} has none with the id ${names}${isFar ? '' : ' as far back as the service looks by itself'}; the provider's call_id is another number`,
    {
      code: 'calls_missing',
      exitCode: exitCodes.failed,
      fix: isFar
        ? `cekura-logs list --agent ${plan.agentId} --fields id,call_id,timestamp`
        : ['--from', '365d'],
    },
  )
}
