// One contender in a process of its own: node contender.ts NAME RECORDS prints microseconds a call.
import { createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'
import { apiKeyHeader, operationPaths, type paths } from '@cekura-kit/types'
import createFetchClient from 'openapi-fetch'

const baseUrl = 'https://api.example'
const records = Number(process.argv[3])
const text = JSON.stringify({
  count: records,
  next: null,
  previous: null,
  results: Array.from({ length: records }, (_, id) => ({
    ...createCallLog({ id }),
    duration: '01:10',
    success: true,
    is_reviewed: false,
    feedback: '',
    call_ended_reason: 'customer-ended-call',
    customer_number: '+15550100001',
    agent: 2142,
    error_message: null,
    dropoff_point: '',
    topic: 'product_inquiry',
    created_at: '2025-01-15T09:31:42Z',
    updated_at: '2025-01-15T09:31:42Z',
    metrics: [{ id: 310, name: 'Latency', type: 'numeric', score: 0.82 }],
  })),
})
const headers = { 'content-type': 'application/json', 'content-length': String(text.length) }
const fetch = async (): Promise<Response> => new Response(text, { headers })

const query = { agent_id: 2142, page: 1, page_size: 100 }
const client = createClient({ apiKey: 'k', baseUrl, fetch })
const raw = createFetchClient<paths>({ baseUrl, fetch, headers: { [apiKeyHeader]: 'k' } })

const contenders: Record<string, () => PromiseLike<unknown>> = {
  'bare fetch': async () => {
    return JSON.parse(await (await fetch()).text()) as unknown
  },
  'openapi-fetch': () => raw.GET(operationPaths.listCallLogs, { params: { query } }),
  'this client': () => client.callLogs.list(query),
}

const call = contenders[process.argv[2]!]!
async function measure(calls: number): Promise<number> {
  const start = process.hrtime.bigint()
  for (let n = 0; n < calls; n++) await call()
  return Number(process.hrtime.bigint() - start) / 1000 / calls
}
await measure(1500)
console.log(await measure(records > 10 ? 2000 : 6000))
