import { dayMs } from '@cekura-kit/call-format'
import { readFile } from 'node:fs/promises'
import { text as readText } from 'node:stream/consumers'
import type { CallLogsSendBody } from '@cekura-kit/types'
import { parseJsonObject } from '../config/parse-json-object.ts'
import { UsageError } from '../errors/command-error.ts'
import { suggestName } from '../errors/did-you-mean.ts'
import type { Io } from '../io.ts'
import { bodySchema, propertiesOf } from '@cekura-kit/call-format/declared'

export interface SendPlan {
  body: CallLogsSendBody
  callId: string
  agentId: number | undefined
  /** Where the call is in the list of calls, if it was sent. */
  from: number
  to: number
}

/** A call without a time can have been stored so long ago. */
const searchMs = 30 * dayMs
/** Later times have no RFC 3339 text. */
const maxTimeMs = Date.UTC(9999, 0)

const fail = (why: string): UsageError =>
  new UsageError(why, 'cekura-logs send --help', 'call_file')

async function readInput(path: string, stdin: Io['stdin']): Promise<string> {
  try {
    return path === '-' ? await readText(stdin) : await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw fail(`"${path}" does not exist.`)
    if (code === 'EISDIR') throw fail(`"${path}" is a folder, not a JSON file.`)
    throw fail(`Cannot read "${path}": ${message}.`)
  }
}

/** Why a body is not a call as the API takes it; undefined if it is one. */
function findProblem(body: Record<string, unknown>): string | undefined {
  const { call_id: callId, agent, assistant_id: assistant, timestamp } = body
  const known = Object.keys(propertiesOf(bodySchema('callLogs.send')))
  const unknown = Object.keys(body).find((name) => !known.includes(name))
  if (unknown !== undefined)
    return `unknown property "${unknown.slice(0, 40)}". ${suggestName(unknown, known)}`
  if (typeof callId !== 'string' || callId === '') return 'call_id is missing.'
  if (agent == null && assistant == null)
    return 'agent is missing; pass --agent, or assistant_id in the file.'
  if (agent != null && assistant != null)
    return 'it has both agent and assistant_id; keep one of them.'
  if (agent != null && !Number.isSafeInteger(agent)) return 'agent is not an integer.'
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
  if (timestamp !== undefined && !(time > 0 && time < maxTimeMs))
    return 'timestamp is not an ISO 8601 time.'
  return undefined
}

/**
 * Reads a call to send.
 *
 * @throws {UsageError} if the file is not one call
 */
export async function planSend(
  path: string | undefined,
  agent: number | undefined,
  { stdin, now }: Pick<Io, 'stdin' | 'now'>,
): Promise<SendPlan> {
  if (path === undefined) throw fail('Missing file: a JSON file with the call.')
  const given = parseJsonObject(await readInput(path, stdin))
  const body =
    given?.['assistant_id'] == null ? { ...given, agent: given?.['agent'] ?? agent } : given
  const problem = given ? findProblem(body) : 'expected one JSON object.'
  if (problem !== undefined) throw fail(`"${path}" is not a call to send: ${problem}`)
  const call = body as CallLogsSendBody
  const time = call.timestamp === undefined ? undefined : Date.parse(call.timestamp)
  return {
    body: call,
    callId: call.call_id,
    agentId: call.agent ?? agent,
    from: time === undefined ? now() - searchMs : time - dayMs,
    to: time === undefined ? now() : time + dayMs,
  }
}
