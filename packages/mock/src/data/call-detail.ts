import type { CallLogDetail, TranscriptEntry } from '@cekura-kit/types'
import { agents } from './catalog.ts'
import { formatDuration } from './duration.ts'
import { explainResults } from './evaluation.ts'
import { hashUnit, pick } from './random.ts'
import type { StoredCall } from './stored-call.ts'
import { createTranscript } from './transcript.ts'

const isSpoken = ({ role }: TranscriptEntry): boolean => !role.startsWith('Function Call')

/** The text and the entries of a transcript, as a client reads them. */
export function toTranscript(
  entries: readonly TranscriptEntry[],
): Required<Pick<CallLogDetail, 'transcript' | 'transcript_object'>> {
  const timed = entries.map((entry) => ({ entry, time: formatDuration(entry.start_time ?? 0) }))
  return {
    transcript: timed
      .filter(({ entry }) => isSpoken(entry))
      .map(({ entry: { role, content = '' }, time }) => `[${time}] ${role}: ${content}`)
      .join('\n'),
    transcript_object: timed.map(({ entry, time }) => ({ ...entry, time: time.replace(/^0/, '') })),
  }
}

/** A call with everything that a list leaves out: derived from the call, unless it was written. */
export function createCallDetail(stored: StoredCall, seed: number, nowMs: number): CallLogDetail {
  const { metrics, ...call } = stored.read(nowMs)
  const transcript = stored.details?.transcript_object ? [] : createTranscript(call, seed)
  const hasAudio = transcript.length > 0
  return {
    ...call,
    evaluation: { metrics: explainResults(metrics) },
    rubric: null,
    critical_categories: [],
    ...toTranscript(transcript),
    user_generated_transcript: null,
    voice_recording_url: hasAudio ? `https://recordings.example.com/${call.call_id}.mp3` : null,
    metadata: {
      region: pick(hashUnit(seed, call.id, 310), [
        ['US', 3],
        ['EU', 2],
      ]),
    },
    dynamic_variables: {},
    agent_name: agents.find(({ id }) => id === call.agent)?.name ?? '',
    project: agents[0]?.project ?? null,
    testing_channel_index: hasAudio ? 1 : null,
    trace_id: '',
    ...stored.details,
  }
}
