import { CekuraError, waitForEvaluation, type CekuraClient } from '@cekura-kit/client'
import { typeTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { formatClientError } from '../errors/client-error-message.ts'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import { quote } from '../errors/suggestion.ts'
import { readCalls } from '../list/read-calls.ts'
import { createRecordWriter, type OutputOptions } from '../output/write-records.ts'
import type { SendPlan } from './plan.ts'

/** Failures after which nothing was stored. */
const isRefused = ({ code }: CekuraError): boolean =>
  ['authentication', 'permission', 'bad_request', 'not_found', 'rate_limit', 'usage'].includes(code)

/** The command that shows whether a call was stored. */
const findCommand = ({ callId, agentId, from, to }: SendPlan): string =>
  `cekura-logs list --agent ${agentId ?? '<agent-id>'} --from ${typeTime(from)} --to ${typeTime(to)} --call-id ${quote(callId)}`

/** @throws {CommandError} if a call with the same `call_id` is stored already */
async function checkNotSent(
  client: CekuraClient,
  { callId, agentId, from, to }: SendPlan,
  { err, io }: Context,
): Promise<void> {
  if (agentId === undefined) {
    err.warn('Without --agent, whether the call was sent before is not checked.')
    return
  }
  for await (const call of readCalls(client, { agentId, from, to }, io.signal))
    if (call.call_id === callId)
      throw new CommandError(
        `${callId} was sent before: it is call ${call.id}. Nothing was sent.`,
        {
          code: 'already_sent',
          exitCode: exitCodes.failed,
          suggestion: `cekura-logs get ${call.id}`,
        },
      )
}

/** An outcome that is not known, with the command that shows it. */
function unclearError(error: CekuraError, plan: SendPlan, { err, io }: Context): CommandError {
  const suggestion = `${findCommand(plan)}  # send it again only if it is not there`
  const message = `Whether ${plan.callId} was stored is unknown: ${formatClientError(error, io.now())} It was not sent again.`
  // After Ctrl-C, errors are not printed.
  if (io.signal.aborted) err.warn(`${message}\nTo check: ${suggestion}`)
  const { requestId } = error
  return new CommandError(message, {
    code: 'send_unclear',
    exitCode: exitCodes.unstable,
    suggestion,
    requestId,
  })
}

/** A failure while the evaluation of a stored call was awaited. */
export function waitError(error: CekuraError, id: number, now: number): CommandError {
  const why = CekuraError.hasReason(error, 'evaluation_timeout')
    ? `Call ${id} is not evaluated after ${error.details.limit / 1000} s.`
    : formatClientError(error, now)
  return new CommandError(`${why} The call is stored.`, {
    code: error.code,
    exitCode: exitCodes.resumable,
    suggestion: `cekura-logs get ${id}  # in a minute`,
    requestId: error.requestId,
  })
}

/** Sends a call once. Whatever happens, it is not sent again. */
export async function runSend(
  plan: SendPlan,
  options: OutputOptions & { wait: boolean | undefined },
  context: Context,
): Promise<void> {
  const { wait } = options
  const { io, err } = context
  const { signal } = io
  const client = await context.createClient()
  await checkNotSent(client, plan, context)
  const sent = await client.callLogs
    .send({ body: plan.body }, { signal })
    .catch((error: unknown) => {
      if (!CekuraError.is(error) || isRefused(error)) throw error
      throw unclearError(error, plan, context)
    })
  err.note(`Sent ${plan.callId}: call ${sent.id}.`)
  if (wait) err.note('Waiting for the evaluation, up to 3 minutes.')
  const shown = wait
    ? await waitForEvaluation(client, sent.id, { signal, firstDelayMs: 0 }).catch(
        (error: unknown) => {
          throw CekuraError.is(error) ? waitError(error, sent.id, io.now()) : error
        },
      )
    : sent
  const operation = wait ? 'callLogs.get' : 'callLogs.send'
  const writer = createRecordWriter(context, options, { operation, isRecord: true })
  await writer.write(shown)
  await writer.end({})
  if (!wait) err.note(`Evaluation takes about a minute: cekura-logs get ${sent.id}`)
}
