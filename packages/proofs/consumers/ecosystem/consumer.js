import { CekuraError, createClient } from '@cekura-kit/client'

/** What every runtime must do: one page, a walk over several, and a typed failure. */
export async function consume(baseUrl) {
  const options = { apiKey: 'ecosystem', baseUrl, dangerouslyAllowBrowser: true, maxRetries: 0 }
  const { callLogs } = createClient(options)
  const page = await callLogs.list({ agent_id: 2142, page_size: 5 })
  const walked = new Set()
  for await (const call of callLogs.list({ agent_id: 2142, page_size: 7 })) {
    walked.add(call.id)
    if (walked.size === 20) break
  }
  const failure = await callLogs.list({ agent_id: 2142, page: 9999 }).catch((error) => error)
  const isTyped = CekuraError.is(failure, 'not_found')
  return `page of ${page.results.length}, walk of ${walked.size}, failure ${isTyped ? failure.code : failure}`
}
