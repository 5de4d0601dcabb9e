import type { CallLog, TranscriptTurn } from '@cekura-kit/types'
import { agent, caller, dropoffs, endings, fillers, topics, type Line } from './conversation.ts'
import { parseDuration } from './duration.ts'
import { hashUnit } from './random.ts'

/** The entry of a name; names come from stored calls and can be anything. */
const lookUp = <Entry>(table: { [name: string]: Entry }, name: unknown): Entry | undefined =>
  typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined

/** What is said before and after the exchanges that fill the call. */
function linesOf({ topic, dropoff_point: dropoff, call_ended_reason: reason }: CallLog): {
  start: Line[]
  end: Line[]
} {
  const [, wish, tool, solution] = lookUp(topics, topic) ?? topics['']!
  const [, lastLines] = lookUp(endings, reason) ?? [0, []]
  const parts = [
    [agent('Thank you for calling. How can I help?')],
    [caller(`Hello, I am calling about ${wish}.`), agent('What is your customer number?')],
    [
      caller('It is 4 7 1 1.'),
      {
        role: 'Function Call',
        content: tool,
        data: { name: tool, arguments: { customer: '4711' } },
      },
      {
        role: 'Function Call Result',
        content: tool,
        data: { name: tool, result: { found: true } },
      },
    ],
  ] satisfies Line[][]
  const [, heard, leaving] = lookUp(dropoffs, dropoff) ?? [0, parts.length, undefined]
  return {
    start: parts.slice(0, heard).flat(),
    end: leaving ?? [agent(solution), ...lastLines],
  }
}

/** Seconds per line of a call that is long enough. */
const secondsPerLine = 7
const maxLines = 200

const round = (seconds: number): number => Math.round(seconds * 10) / 10

// Also a short line takes time.
const effort = ({ content }: Line): number => content.length + 10

/**
 * The conversation of a call: it fits the duration, topic, drop-off point and end of the call. The
 * same for the same call and seed; empty if no one answered.
 */
export function createTranscript(call: CallLog, seed: number): TranscriptTurn[] {
  const seconds = parseDuration(call.duration)
  if (seconds === 0) return []
  const { start, end } = linesOf(call)
  const wanted = Math.min(maxLines, Math.floor(seconds / secondsPerLine))
  const missing = Math.max(0, Math.floor((wanted - start.length - end.length) / 2))
  const first = Math.floor(hashUnit(seed, call.id, 300) * fillers.length)
  const middle = Array.from({ length: missing }, (_, n) => {
    const [question, reply] = fillers[(first + n) % fillers.length]!
    return [agent(question), caller(reply)]
  }).flat()
  const lines = [...start, ...middle, ...end]
  const total = lines.reduce((sum, line) => sum + effort(line), 0)
  let at = 0
  return lines.map((line) => {
    const from = at
    at += (effort(line) / total) * seconds
    return { ...line, start_time: round(from), end_time: round(at) }
  })
}
