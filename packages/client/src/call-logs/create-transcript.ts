import type { TranscriptTurn } from '@cekura-kit/types'
import { throwInvalidParameter } from '../errors/usage-error.ts'
import { isObject } from '../is-object.ts'

interface Timed {
  /** Seconds from the start of the call. */
  startSeconds?: number | undefined
  /** Seconds from the start of the call; not before `startSeconds`. */
  endSeconds?: number | undefined
}

/** What someone says: the monitored agent, or the other party. */
export interface SpokenTurn extends Timed {
  speaker: 'agent' | 'caller'
  text: string
}

/** A tool that the agent calls, with the arguments or with the result. */
export interface ToolTurn extends Timed {
  tool: string
  arguments?: Readonly<Record<string, unknown>> | undefined
  /** Makes the turn the result of the tool. */
  result?: unknown
}

export type Turn = SpokenTurn | ToolTurn

const roles = { agent: 'Main Agent', caller: 'Testing Agent' } as const

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

function readTime(turn: Timed, name: string): Pick<TranscriptTurn, 'start_time' | 'end_time'> {
  const { startSeconds, endSeconds } = turn
  for (const [key, value] of Object.entries({ startSeconds, endSeconds }))
    if (value !== undefined && !(Number.isFinite(value) && value >= 0))
      throwInvalidParameter(`${name}.${key}`, 'seconds ≥ 0', value)
  if (startSeconds !== undefined && endSeconds !== undefined && endSeconds < startSeconds)
    throwInvalidParameter(`${name}.endSeconds`, 'a time after startSeconds', endSeconds)
  return {
    ...(startSeconds !== undefined && { start_time: startSeconds }),
    ...(endSeconds !== undefined && { end_time: endSeconds }),
  }
}

function toEntry(turn: Turn, index: number): TranscriptTurn {
  const name = `turns[${index}]`
  if (!isObject(turn)) throwInvalidParameter(name, 'a turn', turn)
  const time = readTime(turn, name)
  if ('tool' in turn) {
    const { tool, arguments: args = {} } = turn
    if (typeof tool !== 'string' || tool === '')
      throwInvalidParameter(`${name}.tool`, 'the name of a tool', tool)
    return turn.result !== undefined
      ? { role: 'Function Call Result', ...time, data: { name: tool, result: toText(turn.result) } }
      : {
          role: 'Function Call',
          content: '',
          ...time,
          data: { name: tool, arguments: toText(args) },
        }
  }
  const { speaker, text } = turn
  if (!Object.hasOwn(roles, speaker))
    throwInvalidParameter(`${name}.speaker`, '"agent" or "caller"', speaker)
  if (typeof text !== 'string') throwInvalidParameter(`${name}.text`, 'a string', text)
  return { role: roles[speaker], content: text, ...time }
}

/**
 * Turns as `transcript_json` in the format `cekura`, which is the default `transcript_type`. It has
 * its own names for the speakers, and with others the API can store an empty transcript.
 *
 * @throws {CekuraError} with code `usage` for a turn that is not valid; its text is in no message
 * @see operation `callLogs.send`
 * @example
 * const transcript_json = createTranscript([
 *   { speaker: 'agent', text: 'Order line.', startSeconds: 0.4, endSeconds: 2.1 },
 *   { tool: 'find_order', arguments: { customer: 4711 } },
 *   { tool: 'find_order', result: { state: 'shipped' } },
 * ])
 */
export function createTranscript(turns: readonly Turn[]): TranscriptTurn[] {
  if (!Array.isArray(turns) || turns.length === 0)
    throwInvalidParameter('turns', 'a non-empty array', turns)
  return turns.map(toEntry)
}
