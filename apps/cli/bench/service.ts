// The calls of the sandbox from memory, so that an answer costs its latency and nothing else: node
// service.ts ROWS prints its address and ends with its stdin. GET /requests is how many it has answered
// since that was asked last, and GET /latency?ms=50 sets how long an answer takes from its request on.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'

const rows = Number(process.argv[2])
let latencyMs = 0

/** Every call, oldest first, as its time and its text. */
async function readCalls(): Promise<{ time: number; text: string }[]> {
  await using mock = await startMock({ mode: 'sandbox', rows })
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: mock.url })
  const calls = await callLogs.list({ agent_id: 2142, page_size: 100 }).toArray({ limit: rows })
  return calls
    .map((call) => ({ time: Date.parse(call.timestamp), text: JSON.stringify(call) }))
    .toSorted((a, b) => a.time - b.time)
}

const calls = await readCalls()

/** How many calls are before an instant. */
function countBefore(time: number): number {
  let [low, high] = [0, calls.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (calls[middle]!.time < time) low = middle + 1
    else high = middle
  }
  return low
}

let answered = 0
const server = createServer((request, response) => {
  const arrived = performance.now()
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
  if (pathname === '/requests') {
    response.end(String(answered))
    answered = 0
    return
  }
  if (pathname === '/latency') {
    latencyMs = Number(searchParams.get('ms'))
    response.end()
    return
  }
  answered += 1
  const instant = (name: string, otherwise: number): number =>
    Date.parse(searchParams.get(name) ?? '') || otherwise
  const first = countBefore(instant('timestamp_from', 0))
  const end = countBefore(instant('timestamp_to', 8.64e15) + 1)
  const size = Number(searchParams.get('page_size') ?? 20)
  const page = Number(searchParams.get('page') ?? 1)
  // Newest first, as the sandbox has them.
  const to = Math.max(first, end - (page - 1) * size)
  const from = Math.max(first, to - size)
  const texts = calls.slice(from, to).map(({ text }) => text)
  const next = from > first ? `"http://127.0.0.1/?page=${page + 1}"` : 'null'
  const body = Buffer.from(
    `{"count":${end - first},"next":${next},"previous":null,"results":[${texts.toReversed().join(',')}]}`,
  )
  const answer = (): void => void response.setHeader('content-type', 'application/json').end(body)
  const leftMs = latencyMs - (performance.now() - arrived)
  if (leftMs > 0) setTimeout(answer, leftMs)
  else answer()
})
await once(server.listen(0, '127.0.0.1'), 'listening')
console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
process.stdin.resume().on('end', () => {
  server.closeAllConnections()
  server.close()
})
