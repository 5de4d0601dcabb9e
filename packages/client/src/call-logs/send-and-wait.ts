import type { CallLog, CallLogDetail, CallLogsSendBody } from '@cekura-kit/types'
import type { CekuraClient } from '../client-types.ts'
import { waitForEvaluation, type WaitOptions } from './wait-for-evaluation.ts'

export interface SendAndWaitOptions extends Omit<WaitOptions, 'before'> {
  /** Called with the stored call before the wait. Keep its `id`: sending again can cost again. */
  onSent?: ((call: CallLog) => void) | undefined
}

/**
 * Sends a call and returns it with its evaluation. It is sent once: after a failure, look for its
 * `call_id` in the list before you send it again.
 *
 * @throws {CekuraError} as `callLogs.send` and {@link waitForEvaluation} do
 * @see operation `callLogs.send`
 * @example
 * const call = await sendAndWait(cekura, { agent: 2142, call_id: 'call_9c4d1e7a', transcript_json })
 * console.log(call.status, call.evaluation?.metrics)
 */
export async function sendAndWait(
  client: Pick<CekuraClient, 'callLogs'>,
  body: CallLogsSendBody,
  { onSent, ...options }: SendAndWaitOptions = {},
): Promise<CallLogDetail> {
  const call = await client.callLogs.send({ body }, { signal: options.signal })
  onSent?.(call)
  return waitForEvaluation(client, call.id, options)
}
