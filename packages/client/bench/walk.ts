// How near a walk of 200 pages comes to what the latency of the service allows: node bench/walk.ts
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'

const latencyMs = 50
const pages = 200
const pageSize = 100
const goal = 0.95
const workMs = 50
const dayMs = 86_400_000
const start = Date.parse('2024-01-01T00:00:00Z')

/** `pages` pages in all: those of the whole set, or of one of the windows a range is split into. */
const pagesOf = (url: URL): number => {
  const from = url.searchParams.get('timestamp_from')
  return from ? pagesPerWindow : pages
}
const windows = 40
const pagesPerWindow = pages / windows

const server = createServer((request, response) => {
  const url = new URL(request.url!, 'http://localhost')
  const page = Number(url.searchParams.get('page') ?? 1)
  const from = Date.parse(url.searchParams.get('timestamp_from') ?? '') || start
  const first = (page - 1) * pageSize + Math.round((from - start) / 1000) * 1_000_000
  const answer = {
    count: pages * pageSize,
    previous: null,
    next: page < pagesOf(url) ? `http://elsewhere.example/?page=${page + 1}` : null,
    results: Array.from({ length: pageSize }, (_, index) => createCallLog({ id: first + index })),
  }
  setTimeout(() => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  }, latencyMs)
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
const { callLogs } = createClient({ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}` })

async function measure(name: string, limitMs: number, walk: () => Promise<number>): Promise<void> {
  const begin = performance.now()
  const items = await walk()
  const ms = performance.now() - begin
  if (items !== pages * pageSize) throw new Error(`${name} saw ${items} calls`)
  console.log(
    `${name.padEnd(34)} ${(ms / 1000).toFixed(2).padStart(6)} s  limit ${(limitMs / 1000).toFixed(2).padStart(6)} s  ratio ${(limitMs / ms).toFixed(3)} (goal ${goal})`,
  )
}

const query = { agent_id: 1, page_size: pageSize }
// The first request opens the connection.
await callLogs.list(query)
console.log(`${pages} pages of ${pageSize}, ${latencyMs} ms a request`)
await measure('sequential', pages * latencyMs, async () => {
  let items = 0
  for await (const page of callLogs.list(query).pages()) items += page.results.length
  return items
})
await measure(`sequential, ${workMs} ms of work a page`, pages * (latencyMs + workMs), async () => {
  let items = 0
  for await (const page of callLogs.list(query).pages()) {
    items += page.results.length
    await delay(workMs)
  }
  return items
})
await measure(
  `prefetch 1, ${workMs} ms of work a page`,
  latencyMs + pages * Math.max(latencyMs, workMs),
  async () => {
    let items = 0
    for await (const page of callLogs.list(query).pages({ prefetch: 1 })) {
      items += page.results.length
      await delay(workMs)
    }
    return items
  },
)
await measure('listRange, concurrency 8', (pages * latencyMs) / 8, async () => {
  let items = 0
  const range = {
    ...query,
    timestamp_from: new Date(start),
    timestamp_to: new Date(start + (windows * 30 - 1) * dayMs),
  }
  for await (const call of callLogs.listRange(range, { concurrency: 8 })) items += call ? 1 : 0
  return items
})
server.closeAllConnections()
server.close()
