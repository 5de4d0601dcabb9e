// How near a walk of 200 pages comes to what the latency of the service allows:
// node bench/walk.ts [ROUNDS]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createClient, listCallLogsInRange, type CallLogPage } from '@cekura-kit/client'
import { latencyMs, pages, pageSize, start, waitUntil, windows } from './walk-plan.ts'

const goal = 0.95
const workMs = 50
const dayMs = 86_400_000
const rounds = Number(process.argv[2] ?? 3)

const service = fork(fileURLToPath(new URL('walk-server.ts', import.meta.url)))
const [port] = (await once(service, 'message')) as [number]
const baseUrl = `http://127.0.0.1:${port}`
const { callLogs } = createClient({ apiKey: 'k', baseUrl })

async function measure(name: string, limitMs: number, walk: () => Promise<number>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    const items = await walk()
    times.push(performance.now() - begin)
    if (items !== pages * pageSize) throw new Error(`${name} saw ${items} calls`)
  }
  const [best, middle, worst] = [0, rounds >> 1, rounds - 1].map(
    (at) => limitMs / times.toSorted((a, b) => a - b)[at]!,
  )
  console.log(
    `${name.padEnd(34)} limit ${(limitMs / 1000).toFixed(2).padStart(6)} s  ratio ${middle!.toFixed(3)} (${worst!.toFixed(3)} to ${best!.toFixed(3)}; goal ${goal})`,
  )
}

/** So many call logs are on every `step`th page from `page` on. */
async function fetchPages(page: number, step: number): Promise<number> {
  let items = 0
  for (; page <= pages; page += step) {
    const response = await fetch(`${baseUrl}/?page=${page}`)
    items += ((await response.json()) as CallLogPage).results.length
  }
  return items
}

const query = { agent_id: 1, page_size: pageSize }
// The first request opens the connection.
await callLogs.list(query)
console.log(`${pages} pages of ${pageSize}, ${latencyMs} ms a request`)
// What a loop of bare fetches comes to: if this is far from 1, the machine is busy.
await measure('bare fetch, sequential', pages * latencyMs, () => fetchPages(1, 1))
await measure('sequential', pages * latencyMs, async () => {
  let items = 0
  for await (const page of callLogs.list(query).pages()) items += page.results.length
  return items
})
await measure(`sequential, ${workMs} ms of work a page`, pages * (latencyMs + workMs), async () => {
  let items = 0
  for await (const page of callLogs.list(query).pages()) {
    items += page.results.length
    await waitUntil(performance.now(), workMs)
  }
  return items
})
await measure('bare fetch, 8 at a time', (pages * latencyMs) / 8, async () => {
  const found = await Promise.all(Array.from({ length: 8 }, (_, n) => fetchPages(n + 1, 8)))
  return found.reduce((sum, items) => sum + items)
})
await measure('listRange, concurrency 8', (pages * latencyMs) / 8, async () => {
  let items = 0
  const range = {
    ...query,
    timestamp_from: new Date(start),
    timestamp_to: new Date(start + (windows * 30 - 1) * dayMs),
  }
  for await (const call of listCallLogsInRange({ callLogs }, range, { concurrency: 8 }))
    items += call ? 1 : 0
  return items
})
service.disconnect()
