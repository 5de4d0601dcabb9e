import { CekuraError, createClient } from '@cekura-kit/client'

/** What every runtime must do: one page, a pagination over several, and a typed error. */
export async function consume(baseUrl) {
  const options = { apiKey: 'ecosystem', baseUrl, dangerouslyAllowBrowser: true, maxRetries: 0 }
  const { callLogs } = createClient(options)
  const page = await callLogs.list({ agent_id: 2142, page_size: 5 })
  const ids = new Set()
  for await (const call of callLogs.list({ agent_id: 2142, page_size: 7 })) {
    ids.add(call.id)
    if (ids.size === 20) break
  }
  const error = await callLogs.list({ agent_id: 2142, page: 9999 }).catch((reason) => reason)
  const code = CekuraError.is(error, 'not_found') ? error.code : error
  return `page of ${page.results.length}, pagination of ${ids.size}, error ${code}`
}
