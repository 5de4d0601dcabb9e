import { CekuraError, type CallLogDetail, type CekuraClient } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import { createRecordWriter, type OutputOptions } from '../output/write-records.ts'
import { listIds } from './plan.ts'

/** Requests at a time. */
const concurrency = 4

/** A call; undefined if the API has none. */
async function findCall(
  { callLogs }: CekuraClient,
  id: number,
  signal: AbortSignal,
): Promise<CallLogDetail | undefined> {
  try {
    return await callLogs.get({ id }, { signal })
  } catch (error) {
    if (CekuraError.is(error, 'not_found')) return undefined
    throw error
  }
}

/**
 * Gets calls by id, in the order requested.
 *
 * @throws {CommandError} if the API does not return one, after the others are written
 */
export async function runGet(
  ids: readonly number[],
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const client = await context.createClient()
  const missing: number[] = []
  const writer = createRecordWriter(context, options, { operation: 'callLogs.get', isRecord: true })
  for (let at = 0; at < ids.length; at += concurrency) {
    const group = ids.slice(at, at + concurrency)
    const calls = await Promise.all(group.map((id) => findCall(client, id, context.io.signal)))
    for (const [index, call] of calls.entries())
      if (call) await writer.write(call)
      else missing.push(group[index]!)
  }
  await writer.end({ missing })
  if (missing.length === 0) return
  const what = missing.length === 1 ? 'Call' : `${missing.length} of ${ids.length} calls`
  throw new CommandError(`${what} not found: ${missing.join(', ')}. Pass id, not call_id.`, {
    code: 'calls_missing',
    exitCode: exitCodes.failed,
    suggestion: listIds,
  })
}
