import { createCallDetail } from '../../data/call-detail.ts'
import type { StoredCall } from '../../data/stored-call.ts'
import { ErrorReply } from '../read-query.ts'
import type { Handler, OperationContext } from './handler.ts'

/** The call that the path of a request names. @throws {ErrorReply} if there is none */
export function findCall({ request, store }: OperationContext): StoredCall {
  const call = store.get(Number(request.path['id']))
  if (!call) throw new ErrorReply(404, { detail: 'No CallLog matches the given query.' })
  return call
}

export const getCallLog: Handler = (context) => ({
  status: 200,
  body: createCallDetail(findCall(context), context.settings.seed, context.nowMs),
})
