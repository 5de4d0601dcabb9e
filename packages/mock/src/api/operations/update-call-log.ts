import type { CallLogDetail, CallLogUpdate } from '@cekura-kit/types'
import { createCallDetail, toTranscript } from '../../data/call-detail.ts'
import { formatDuration } from '../../data/duration.ts'
import { readTurns, reevaluate } from '../../data/sent-call.ts'
import { withChange } from '../../data/stored-call.ts'
import { ErrorReply } from '../read-query.ts'
import { findCall } from './get-call-log.ts'
import type { Handler, OperationContext } from './handler.ts'

function rejectUnknownFields({ rules, settings }: OperationContext, body: object): void {
  if (settings.assumptions.unknownField === 'ignored') return
  const unknown = Object.keys(body).filter((name) => !rules.fields.has(name))
  if (unknown.length > 0)
    throw new ErrorReply(400, Object.fromEntries(unknown.map((name) => [name, ['Unknown field.']])))
}

/** Changes the given properties of a call and, if requested, evaluates it once more. */
export const updateCallLog: Handler = (context) => {
  const { request, rules, settings, store, nowMs } = context
  const { assumptions, seed } = settings
  const stored = findCall(context)
  const body = request.json as CallLogUpdate
  rejectUnknownFields(context, body)
  const {
    transcript_type: type,
    transcript_json: transcript,
    metadata,
    dynamic_variables: variables,
    reevaluate_metrics: isRequested,
    duration,
    ...others
  } = body
  // A property that only the request has needs code of its own.
  const fields: Partial<typeof others> = Object.fromEntries(
    Object.entries(others).filter(([name]) => rules.fields.has(name) && rules.returned.has(name)),
  )
  const before = createCallDetail(stored, seed, nowMs)
  const { status } = body
  const details: Partial<CallLogDetail> = {
    ...(transcript && toTranscript(readTurns(type, transcript) ?? [])),
    ...(metadata && { metadata: { ...before.metadata, ...metadata } }),
    ...(variables && { dynamic_variables: { ...before.dynamic_variables, ...variables } }),
  }
  const isDecided = status !== undefined && assumptions.statusUpdate === 'decides'
  let call = withChange(
    stored,
    {
      ...fields,
      ...(duration !== undefined && { duration: formatDuration(duration * 60) }),
      ...(isDecided && {
        success: status.endsWith('success'),
        is_reviewed: status.startsWith('reviewed_'),
      }),
    },
    { details, ...(assumptions.updatedAt === 'moves' && { atMs: nowMs }) },
  )
  // While an evaluation runs, no other one starts.
  if (isRequested && before.status !== 'evaluating') call = reevaluate(call, nowMs, settings)
  store.put([call])
  return { status: 200, body: createCallDetail(call, seed, nowMs) }
}
