import type { CallLogSend, TranscriptTurn } from '@cekura-kit/types'
import { agents, assistants } from '../../data/catalog.ts'
import { createSentCall, readTurns } from '../../data/sent-call.ts'
import { ErrorReply } from '../read-query.ts'
import type { Handler } from './handler.ts'

/** Roles of the plain transcript format; the document allows others for the other formats. */
const roles: readonly string[] = [
  'Main Agent',
  'Testing Agent',
  'Function Call',
  'Function Call Result',
] satisfies TranscriptTurn['role'][]

const unknownId = (id: unknown): string[] => [`Invalid pk "${String(id)}" - object does not exist.`]

/** Stores a call, which is evaluated later. */
export const sendCallLog: Handler = ({ request, settings, store, newId, nowMs }) => {
  const body = request.json as CallLogSend
  const { assumptions } = settings
  const { agent, assistant_id: assistant, call_id } = body
  if (typeof agent === 'number' && !agents.some(({ id }) => id === agent))
    throw new ErrorReply(400, { agent: unknownId(agent) })
  if (typeof assistant === 'string' && !assistants.some((id) => id === assistant))
    throw new ErrorReply(400, { assistant_id: unknownId(assistant) })
  const isKnown = store.find({}).some((call) => call.read(nowMs).call_id === call_id)
  if (isKnown && assumptions.knownCallId === 'rejected')
    throw new ErrorReply(400, { call_id: ['A call log with this call_id exists.'] })
  const role = readTurns(body.transcript_type, body.transcript_json)
    ?.map((turn) => turn.role)
    .find((one) => !roles.includes(one))
  if (role !== undefined && assumptions.unknownRole === 'rejected')
    throw new ErrorReply(400, { transcript_json: [`Role "${role}" is not valid.`] })
  const sent = role === undefined ? body : { ...body, transcript_json: [] }
  const call = createSentCall(newId(), sent, nowMs, settings)
  store.put([call])
  return { status: 201, body: call.read(nowMs) }
}
