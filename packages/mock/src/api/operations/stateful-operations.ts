import type { Operation } from '@cekura-kit/spec/document'
import { operationDescriptors } from '@cekura-kit/types'
import { getCallLog } from './get-call-log.ts'
import type { Handler } from './handler.ts'
import { listAgents } from './list-agents.ts'
import { listCallLogs } from './list-call-logs.ts'
import { listMetrics } from './list-metrics.ts'
import { sendCallLog } from './send-call-log.ts'
import { updateCallLog } from './update-call-log.ts'

/** Every operation with state. Prism answers all others from their examples. */
const handlers = {
  'callLogs.list': listCallLogs,
  'callLogs.get': getCallLog,
  'callLogs.send': sendCallLog,
  'callLogs.update': updateCallLog,
  'agents.list': listAgents,
  'metrics.list': listMetrics,
} satisfies { [Id in keyof typeof operationDescriptors]?: Handler }

/** What serves an operation from data; undefined if nothing does. */
export function handlerOf({ operationId, method, path }: Operation): Handler | undefined {
  const found = Object.entries(handlers).find(([id]) => {
    const known = operationDescriptors[id as keyof typeof handlers]
    // Other documents may name an operation differently.
    return id === operationId || (known.method === method && known.path === path)
  })
  return found?.[1]
}
