import type { CekuraClient } from '@cekura-kit/client'
import type { LoadedWindow } from './load-window.ts'

export interface NewerCalls {
  count: number
  /** There are more than one page holds. */
  more: boolean
}

/** Readers who ask within this time get the same answer. */
const answerAgeMs = 5000
const maxResponses = 100

/** Counts the calls that have come after a window's end; many readers cause one request. */
export function countNewer(
  client: CekuraClient,
  now: () => number,
): (agentId: number, to: number, window: LoadedWindow) => Promise<NewerCalls> {
  const answers = new Map<string, { at: number; answer: Promise<NewerCalls> }>()

  async function ask(agentId: number, to: number, { calls }: LoadedWindow): Promise<NewerCalls> {
    // Whether the ends of a range belong to it is not documented.
    const last = calls.findIndex(({ time }) => time < to - 1000)
    const known = new Set(calls.slice(0, last === -1 ? undefined : last).map(({ call }) => call.id))
    const { results, next } = await client.callLogs.list({
      agent_id: agentId,
      timestamp_from: new Date(to),
      timestamp_to: new Date(Math.max(to, now())),
      page_size: 100,
    })
    return { count: results.filter(({ id }) => !known.has(id)).length, more: next !== null }
  }

  return (agentId, to, window) => {
    const key = `${agentId} ${to}`
    const last = answers.get(key)
    if (last && now() - last.at < answerAgeMs) return last.answer
    const answer = ask(agentId, to, window)
    answers.delete(key)
    answers.set(key, { at: now(), answer })
    if (answers.size > maxResponses) answers.delete(answers.keys().next().value!)
    return answer
  }
}
