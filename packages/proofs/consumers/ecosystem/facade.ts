import { CekuraError, createClient } from '@cekura-kit/client'

const { callLogs } = createClient()
export const ids: number[] = []
try {
  const page = await callLogs.list({ agent_id: 2142, page_size: 100 })
  ids.push(page.results.length)
  for await (const call of callLogs.list({ agent_id: 2142 })) ids.push(call.id)
  for await (const { results } of callLogs.list({ agent_id: 2142 }).pages({ prefetch: 1 }))
    ids.push(results.length)
} catch (error) {
  if (CekuraError.is(error, 'rate_limit')) ids.push(error.retryAfterMs ?? 0)
}
