import { CekuraError, createClient, type CallLog, type CallLogPage } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'

const { fetch } = createMockFetch({ calls: [createCallLog({ id: 1 })] })
const client = createClient({ apiKey: 'k', fetch })

export async function read(): Promise<CallLog[]> {
  const page: CallLogPage = await client.callLogs.list({ agent_id: 2142, page_size: 100 })
  const calls: CallLog[] = []
  for await (const call of client.callLogs.list({ agent_id: 2142 })) calls.push(call)
  const raw = await client.raw.GET('/observability/v1/call-logs/', {
    params: { query: { agent_id: 1 } },
  })
  const count: number | undefined = raw.data?.count
  return count === page.count ? calls : page.results
}

export const isLimit = (error: unknown): number | undefined =>
  CekuraError.is(error, 'rate_limit') ? error.retryAfterMs : undefined

// @ts-expect-error a misspelled parameter does not compile
void client.callLogs.list({ agent_id: 2142, page_sizes: 100 })
// @ts-expect-error agent_id is required
void client.callLogs.list({ page_size: 100 })
