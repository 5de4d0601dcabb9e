import type { CallLog, CallLogDetail, CallLogSend, TranscriptTurn } from '@cekura-kit/types'
import type { Assumptions } from '../api/assumptions.ts'
import { formatDateTime } from '../validate-input.ts'
import { toTranscript } from './call-detail.ts'
import { agents, assistants } from './catalog.ts'
import { formatDuration } from './duration.ts'
import { topics } from './generate-calls.ts'
import { createResults } from './metric-results.ts'
import { hashUnit } from './random.ts'
import type { StoredCall } from './stored-call.ts'

export interface EvaluationOptions {
  seed: number
  /** How long an evaluation takes. */
  evaluationMs: number
  assumptions: Assumptions
}

/** Transcript of a request in the plain format; undefined for another format. */
export function readTurns(
  type: string | undefined,
  transcript: CallLogSend['transcript_json'],
): TranscriptTurn[] | undefined {
  return (type ?? 'cekura') === 'cekura' && Array.isArray(transcript)
    ? (transcript as TranscriptTurn[])
    : undefined
}

const secondsOf = (turns: readonly TranscriptTurn[]): number =>
  Math.max(0, ...turns.map(({ start_time = 0, end_time = start_time }) => end_time))

/** The topic that a transcript names first. */
function topicOf(turns: readonly TranscriptTurn[]): string {
  const text = turns.map(({ content = '' }) => content.toLowerCase()).join(' ')
  return topics.find(([name]) => name && text.includes(name.split('_')[0]!))?.[0] ?? ''
}

/** Properties of a list and of a single call, once the call is processed. */
function evaluated(
  turns: readonly TranscriptTurn[],
  { id, call_ended_reason: reason = '' }: CallLog,
  seed: number,
): Partial<CallLog> {
  const unit = (purpose: number): number => hashUnit(seed, id, purpose)
  const success = !/error|timed-out|did-not-answer/.test(reason) && unit(4) < 0.78
  return {
    success,
    status: success ? 'success' : 'failure',
    metrics: createResults(unit, success),
    duration: formatDuration(secondsOf(turns)),
    topic: topicOf(turns),
  }
}

/** A call that a request sent: it is evaluated later. */
export function createSentCall(
  id: number,
  body: CallLogSend,
  nowMs: number,
  { seed, evaluationMs, assumptions }: EvaluationOptions,
): StoredCall {
  const turns = readTurns(body.transcript_type, body.transcript_json) ?? []
  const now = formatDateTime(nowMs)
  const agent = body.agent ?? agents[0].id
  const evaluatedMs = nowMs + evaluationMs
  const sent: CallLog = {
    id,
    duration: assumptions.pendingDuration === 'zero' ? '00:00' : formatDuration(secondsOf(turns)),
    success: null,
    is_reviewed: false,
    status: 'evaluating',
    feedback: body.feedback ?? '',
    metrics: [],
    call_ended_reason: body.call_ended_reason ?? '',
    customer_number: body.customer_number ?? '',
    agent,
    call_id: body.call_id,
    timestamp: body.timestamp ?? now,
    error_message: null,
    dropoff_point: '',
    topic: '',
    created_at: now,
    updated_at: now,
  }
  const details: Partial<CallLogDetail> = {
    ...toTranscript(turns),
    voice_recording_url: body.voice_recording_url ?? null,
    metadata: body.metadata ?? {},
    dynamic_variables: body.dynamic_variables ?? {},
    testing_channel_index: null,
    trace_id: body.trace_id ?? '',
  }
  return {
    id,
    agentId: agent,
    assistantId: body.assistant_id ?? assistants[0],
    timeMs: Date.parse(sent.timestamp),
    createdMs: nowMs + (assumptions.newCall === 'late' ? evaluationMs / 4 : 0),
    read: (atMs) =>
      atMs < evaluatedMs
        ? sent
        : { ...sent, ...evaluated(turns, sent, seed), updated_at: formatDateTime(evaluatedMs) },
    details,
  }
}

/** A call that is evaluated once more; a reviewed one keeps its outcome. */
export function reevaluate(
  call: StoredCall,
  nowMs: number,
  { evaluationMs, assumptions }: EvaluationOptions,
): StoredCall {
  const evaluatedMs = nowMs + evaluationMs
  return {
    ...call,
    read(atMs) {
      const found = call.read(atMs)
      if (atMs >= evaluatedMs) return { ...found, updated_at: formatDateTime(evaluatedMs) }
      return {
        ...found,
        ...(assumptions.reevaluation === 'evaluating' &&
          !found.is_reviewed && { status: 'evaluating' as const, success: null }),
        ...(assumptions.oldResults === 'removed' && { metrics: [] }),
      }
    },
  }
}
