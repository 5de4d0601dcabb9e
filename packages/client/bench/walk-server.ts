// A service that takes its time, in a process of its own: prints its port, and ends with its parent.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCallLog } from '@cekura-kit/client/testing'
import { latencyMs, pages, pageSize, pagesPerWindow, start, waitUntil } from './walk-plan.ts'

const server = createServer(async (request, response) => {
  const begin = performance.now()
  const { searchParams } = new URL(request.url!, 'http://localhost')
  const page = Number(searchParams.get('page') ?? 1)
  const from = searchParams.get('timestamp_from')
  const last = from ? pagesPerWindow : pages
  const seconds = from ? (Date.parse(from) - start) / 1000 : 0
  const first = (page - 1) * pageSize + Math.round(seconds) * 1_000_000
  const answer = {
    count: pages * pageSize,
    previous: null,
    next: page < last ? `http://elsewhere.example/?page=${page + 1}` : null,
    results: Array.from({ length: pageSize }, (_, index) => createCallLog({ id: first + index })),
  }
  const text = JSON.stringify(answer)
  // What was spent on the answer is a part of the latency.
  await waitUntil(begin, latencyMs)
  response.setHeader('content-type', 'application/json').end(text)
})
await once(server.listen(0, '127.0.0.1'), 'listening')
process.send!((server.address() as AddressInfo).port)
process.once('disconnect', () => process.exit())
