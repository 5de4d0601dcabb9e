// One contender in a process of its own: node contender.ts NAME RECORDS PEERS prints the
// microseconds of processor that a call takes. Not of the clock: another program that wants the
// processor would be counted too.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'
import { apiKeyHeader, operationDescriptors, type CallLogPage, type paths } from '@cekura-kit/types'
import createFetchClient from 'openapi-fetch'

const [, , name = '', count, folder = '.'] = process.argv
const records = Number(count)
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

type Call = () => PromiseLike<CallLogPage | undefined>

const baseUrl = 'https://api.example'
const path = operationDescriptors['callLogs.list'].path
const query = { agent_id: 2142, page: 1, page_size: 100 }
const answerHeaders = { 'content-type': 'application/json', 'content-length': String(text.length) }
const fetch = async (): Promise<Response> => new Response(text, { headers: answerHeaders })

const nothing = (): void => {}
/** Whatever a call can be watched, bounded and stopped with. */
const everything = {
  apiKey: async () => 'k',
  baseUrl,
  fetch,
  headers: { 'user-agent': 'bench' },
  hooks: { onRequest: nothing, onResponse: nothing, onRetry: nothing, onError: nothing },
}
const { signal } = new AbortController()

const own: Record<string, () => Call> = {
  'bare fetch': () => async () => JSON.parse(await (await fetch()).text()) as CallLogPage,
  'openapi-fetch'() {
    const raw = createFetchClient<paths>({ baseUrl, fetch, headers: { [apiKeyHeader]: 'k' } })
    return async () => (await raw.GET(path, { params: { query } })).data
  },
  'this client'() {
    const { callLogs } = createClient(everything)
    return () => callLogs.list(query, { signal })
  },
  'this client, raw'() {
    const { raw } = createClient(everything)
    return async () => (await raw.GET(path, { params: { query } })).data
  },
}

async function peer(): Promise<Call> {
  const at = pathToFileURL(join(folder, 'peers.js')).href
  const { peers } = (await import(at)) as {
    peers: Record<string, (setting: object) => Promise<Call>>
  }
  return peers[name]!({ fetch, baseUrl, path, key: [apiKeyHeader, 'k'], query })
}

const call = own[name]?.() ?? (await peer())
// A contender that answers something else would be fast for nothing.
const page = await call()
if (page?.results.length !== records) throw new Error(`${name} does not answer the page`)

async function measure(calls: number): Promise<number> {
  const start = process.threadCpuUsage()
  for (let n = 0; n < calls; n++) await call()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / calls
}
await measure(records > 10 ? 2000 : 20_000)
console.log(await measure(records > 10 ? 4000 : 40_000))
