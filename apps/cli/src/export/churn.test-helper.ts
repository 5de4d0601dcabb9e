import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, type CallLog } from '@cekura-kit/client'
import type { Mock } from '@cekura-kit/mock'
import { apiKeyHeader } from '@cekura-kit/types'
import { apiKey, control } from './export.test-helper.ts'

/** Numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Churn extends AsyncDisposable {
  url: string
  /** Calls that were there all the time. */
  throughout(): Set<number>
  writes(): { inserted: number; late: number; reviewed: number; deleted: number; pairs: number }
}

interface WriterState {
  random(): number
  alive: Set<number>
  counts: { inserted: number; late: number; reviewed: number; deleted: number; pairs: number }
}

/** Changes one random call of the sandbox. */
function createWriter(
  mock: Mock,
  calls: readonly CallLog[],
  { random, alive, counts }: WriterState,
): () => Promise<void> {
  const deletable = [...alive]
  const [first, last] = [calls[0]!, calls.at(-1)!].map(({ timestamp }) => Date.parse(timestamp))
  let nextId = 900_000_000

  async function insert(time: number): Promise<void> {
    const timestamp = new Date(time).toISOString()
    nextId += 1
    await control(mock, '/insert', [
      {
        ...calls[0],
        id: nextId,
        call_id: `call_${nextId}`,
        timestamp,
        created_at: timestamp,
        updated_at: timestamp,
      },
    ])
  }
  const anywhere = (): number => first! + random() * (last! - first!)
  async function remove(): Promise<void> {
    const at = Math.floor(random() * deletable.length)
    const [id] = deletable.splice(at, 1)
    if (id === undefined) return
    alive.delete(id)
    await control(mock, '/delete', [id])
  }
  async function review(): Promise<void> {
    const id = deletable[Math.floor(random() * deletable.length)]
    if (id === undefined) return
    const change = { status: 'reviewed_failure', success: false, is_reviewed: true }
    await control(mock, '/update', { id, ...change, updated_at: new Date(last!).toISOString() })
  }
  return async () => {
    const kind = random()
    if (kind < 0.3) {
      counts.inserted += 1
      await insert(last! - random() * 60_000)
    } else if (kind < 0.5) {
      counts.late += 1
      await insert(anywhere())
    } else if (kind < 0.65) {
      counts.reviewed += 1
      await review()
    } else if (kind < 0.85) {
      counts.deleted += 1
      await remove()
    } else {
      counts.pairs += 1
      await remove()
      await insert(anywhere())
    }
  }
}

/**
 * A proxy that changes the sandbox before each request: calls at the head of the range, late ones
 * anywhere in it, late reviews, deletions, and a deletion with an insertion, which leaves `count` as
 * it was.
 *
 * @param perRequest writes before each request on average
 */
export async function startChurn(
  mock: Mock,
  calls: readonly CallLog[],
  { seed, perRequest }: { seed: number; perRequest: number },
): Promise<Churn> {
  const random = createRandom(seed)
  const alive = new Set(calls.map(({ id }) => id))
  const counts = { inserted: 0, late: 0, reviewed: 0, deleted: 0, pairs: 0 }
  const write = createWriter(mock, calls, { random, alive, counts })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (let due = perRequest; due > random(); due -= 1) await write()
    const from = await fetch(`${mock.url}${request.url}`, { headers: { [apiKeyHeader]: apiKey } })
    response.statusCode = from.status
    response.setHeader('content-type', from.headers.get('content-type') ?? 'text/plain')
    response.end(await from.text())
  }
  // One after the other, so that a seed means something.
  let turn: Promise<unknown> = Promise.resolve()
  const server = createServer((request, response) => {
    turn = turn.then(() => answer(request, response)).catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    throughout: () => alive,
    writes: () => counts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Ids that a loop over the pages finds, doubles dropped: what people write first. */
export async function walkPlainly(url: string, pageSize: number): Promise<Set<number>> {
  const { callLogs } = createClient({ apiKey, baseUrl: url })
  const query = { agent_id: 2142, page_size: pageSize, timestamp_to: '2025-02-01T00:00:00Z' }
  const found = new Set<number>()
  for await (const { id } of callLogs.list(query)) found.add(id)
  return found
}
