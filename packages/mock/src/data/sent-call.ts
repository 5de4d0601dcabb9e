import type { CallLogSend, TranscriptTurn } from '@cekura-kit/types'
import type { Assumptions } from '../api/assumptions.ts'
import { toTranscript } from './call-detail.ts'
import { agents, assistants } from './catalog.ts'
import { topics } from './conversation.ts'
import { formatDuration } from './duration.ts'
import { evaluate } from './evaluation.ts'
import { hashUnit } from './random.ts'
import { changedAt, createCall, type StoredCall } from './stored-call.ts'

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

/** The topic that a transcript names first. */
function topicOf(turns: readonly TranscriptTurn[]): string {
  const text = turns.map(({ content = '' }) => content.toLowerCase()).join(' ')
  return Object.keys(topics).find((name) => name && text.includes(name.split('_')[0]!)) ?? ''
}

/** A call that a request sent: it is evaluated later. */
export function createSentCall(
  id: number,
  body: CallLogSend,
  nowMs: number,
  { seed, evaluationMs, assumptions }: EvaluationOptions,
): StoredCall {
  const turns = readTurns(body.transcript_type, body.transcript_json) ?? []
  const ends = turns.map(({ start_time = 0, end_time = start_time }) => end_time)
  const duration = formatDuration(Math.max(0, ...ends))
  const facts = {
    id,
    agentId: body.agent ?? agents[0]!.id,
    assistantId: body.assistant_id ?? assistants[0],
    timeMs: body.timestamp === undefined ? nowMs : Date.parse(body.timestamp),
    createdMs: nowMs,
  }
  const reason = body.call_ended_reason ?? ''
  const sent = createCall(facts, () => ({
    duration: assumptions.pendingDuration === 'zero' ? '00:00' : duration,
    feedback: body.feedback ?? '',
    call_ended_reason: reason,
    customer_number: body.customer_number ?? '',
    call_id: body.call_id,
    ...(body.timestamp !== undefined && { timestamp: body.timestamp }),
  }))
  const evaluated = changedAt(sent, nowMs + evaluationMs, () => ({
    ...evaluate(reason, (purpose) => hashUnit(seed, id, purpose)),
    duration,
    topic: topicOf(turns),
  }))
  return {
    ...evaluated,
    createdMs: nowMs + (assumptions.newCall === 'late' ? evaluationMs / 4 : 0),
    details: {
      ...toTranscript(turns),
      voice_recording_url: body.voice_recording_url ?? null,
      metadata: body.metadata ?? {},
      dynamic_variables: body.dynamic_variables ?? {},
      testing_channel_index: null,
      trace_id: body.trace_id ?? '',
    },
  }
}

/** A call that is evaluated once more; a reviewed one keeps its outcome. */
export function reevaluate(
  call: StoredCall,
  nowMs: number,
  { evaluationMs, assumptions }: EvaluationOptions,
): StoredCall {
  const doneMs = nowMs + evaluationMs
  const done = changedAt(call, doneMs, () => ({}))
  return {
    ...done,
    read(atMs) {
      const found = done.read(atMs)
      if (atMs >= doneMs) return found
      return {
        ...found,
        ...(assumptions.reevaluation === 'evaluating' &&
          !found.is_reviewed && { status: 'evaluating' as const, success: null }),
        ...(assumptions.oldResults === 'removed' && { metrics: [] }),
      }
    },
  }
}
