import { CekuraError, createClient, type CallLog } from '@cekura-kit/client'
import type { Mock } from '@cekura-kit/mock'
import { operationDescriptors } from '@cekura-kit/types'
import { firstDifference } from '../suite/first-difference.ts'

/** An agent's calls behind the gateway of a mock, and what they are. */
export interface ClientWorld {
  mock: Mock
  calls: readonly CallLog[]
}

export const query = {
  agent_id: 2142,
  page_size: 10,
  timestamp_from: '2025-01-01T00:00:00Z',
  timestamp_to: '2025-02-01T00:00:00Z',
} as const

/** What an attempt may take: enough on a busy machine, and nothing that stalls is waited for long. */
export const attemptMs = 1500

/** The client as the rules use it: what a connection does to one attempt is seen as it is. */
export const createRuleClient = (mock: Mock, maxRetries = 0) =>
  createClient({
    apiKey: 'contract-key',
    baseUrl: mock.url,
    maxRetries,
    timeout: attemptMs,
    maxResponseBytes: 2 ** 20,
  })

/** The calls as they are, read before anything is wrong with the connection. */
export async function readWorld(mock: Mock): Promise<ClientWorld> {
  const calls = await createRuleClient(mock, 2).callLogs.list(query).toArray({ limit: 1000 })
  return { mock, calls }
}

/** Sets what the gateway does from the next request on. */
export async function setTransport({ controlUrl }: Mock, schedule: string): Promise<void> {
  const response = await fetch(`${controlUrl}/transport`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(schedule),
  })
  if (!response.ok) throw new Error(`Cannot set the transport "${schedule}": ${response.status}`)
}

/** The client took something for an answer that the service never gave. */
export class SilentDamage extends Error {
  override readonly name = 'SilentDamage'
}

function expectCalls(found: readonly CallLog[], wanted: readonly CallLog[]): void {
  const at = firstDifference(found, wanted)
  if (at !== undefined)
    throw new SilentDamage(`${found.length} calls of ${wanted.length}, other first at ${at}`)
}

export interface ClientRule {
  id: string
  title: string
  /** @throws {CekuraError} when the client says that it could not; {SilentDamage} when it did not notice */
  run(world: ClientWorld): Promise<void>
}

/** What holds for the client on a connection that nothing is wrong with. */
export const clientRules: readonly ClientRule[] = [
  {
    id: 'page',
    title: 'a page arrives as it is',
    async run({ mock, calls }) {
      const { results, count } = await createRuleClient(mock).callLogs.list(query)
      expectCalls(results, calls.slice(0, query.page_size))
      if (count !== calls.length) throw new SilentDamage(`count is ${count}`)
    },
  },
  {
    id: 'walk',
    title: 'a walk brings each call once, and knows that it is complete',
    async run({ mock, calls }) {
      const walk = createRuleClient(mock).callLogs.list(query).pages()
      const found: CallLog[] = []
      for await (const { results } of walk) found.push(...results)
      expectCalls(found, calls)
      if (!walk.report.complete)
        throw new SilentDamage('the walk does not know that it is complete')
    },
  },
  {
    id: 'raw',
    title: 'a raw call has the body as it is',
    async run({ mock, calls }) {
      const raw = createRuleClient(mock).raw
      const { data } = await raw.GET(operationDescriptors['callLogs.list'].path, {
        params: { query },
      })
      // A refusal comes without data, and is no damage.
      if (!data)
        throw new CekuraError('Cannot read the raw response', {
          code: 'api',
          reason: 'error_status',
          details: { status: 0, fields: [] },
        })
      expectCalls(data.results, calls.slice(0, query.page_size))
    },
  },
]
