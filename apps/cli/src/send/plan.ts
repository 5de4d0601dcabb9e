import { dayMs } from '@cekura-kit/call-format'
import { readFile } from 'node:fs/promises'
import { text as readText } from 'node:stream/consumers'
import type { CallLogsSendBody } from '@cekura-kit/types'
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

/** @throws {UsageError} if the text is not one call as the API takes it */
function parseBody(text: string, path: string): Record<string, unknown> {
  const problem = (why: string): UsageError => fail(`"${path}" is not a call to send: ${why}.`)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw problem('expected one JSON object')
  const known = Object.keys(propertiesOf(bodySchema('callLogs.send')))
  const unknown = Object.keys(body).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw fail(
      `"${path}" is not a call to send: unknown property "${unknown.slice(0, 40)}". ${suggestName(unknown, known)}`,
    )
  return body as Record<string, unknown>
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
  const given = parseBody(await readInput(path, stdin), path)
  const { call_id: callId, assistant_id: assistant, timestamp } = given
  const problem = (why: string): UsageError => fail(`"${path}" is not a call to send: ${why}.`)
  if (typeof callId !== 'string' || callId === '') throw problem('call_id is missing')
  const agentId = given['agent'] ?? (assistant == null ? agent : undefined)
  if (agentId == null && assistant == null)
    throw problem('agent is missing; pass --agent, or assistant_id in the file')
  if (agentId != null && assistant != null)
    throw problem('it has both agent and assistant_id; keep one of them')
  if (agentId != null && !Number.isSafeInteger(agentId)) throw problem('agent is not an integer')
  const time =
    timestamp === undefined ? undefined : Date.parse(typeof timestamp === 'string' ? timestamp : '')
  if (time !== undefined && !(time > 0 && time < maxTimeMs))
    throw problem('timestamp is not an ISO 8601 time')
  return {
    body: { ...given, ...(agentId != null && { agent: agentId }) } as CallLogsSendBody,
    callId,
    agentId: (agentId as number | null) ?? agent,
    from: time === undefined ? now() - searchMs : time - dayMs,
    to: time === undefined ? now() : time + dayMs,
  }
}
