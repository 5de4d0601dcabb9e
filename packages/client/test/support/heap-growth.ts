// Prints how much the heap grows with 5000 requests that share a signal. Needs --expose-gc.
import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@cekura-kit/client'

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end('{"count":0,"next":null,"previous":null,"results":[]}')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo
const { callLogs } = createClient({ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}` })
const { signal } = new AbortController()

async function heapAfter(requests: number): Promise<number> {
  for (let n = 0; n < requests; n++) await callLogs.list({ agent_id: 1 }, { signal })
  globalThis.gc!()
  globalThis.gc!()
  return process.memoryUsage().heapUsed
}

await heapAfter(3000)
// The heap jumps by a megabyte now and then, when code is compiled or a pool is filled. A leak shows
// in every round, a jump only in one.
const growths: number[] = []
for (let round = 0, before = await heapAfter(1000); round < 5; round++) {
  const after = await heapAfter(1000)
  growths.push((after - before) / 1000)
  before = after
}
const bytesPerRequest = Math.round(growths.toSorted((a, b) => a - b)[2]!)
const listeners = getEventListeners(signal, 'abort').length
console.log(JSON.stringify({ bytesPerRequest, listeners }))
server.closeAllConnections()
server.close()
