import type { CekuraClient } from '@cekura-kit/client'
import { LRUCache } from 'lru-cache'

const maxAgents = 1000
const listAgeMs = 10 * 60_000

/** The names of all agents that the key can list, by name; many users cause one request. */
export function createAgentList(client: CekuraClient, now: () => number) {
  const lists = new LRUCache<'all', { id: number; name: string }[]>({
    max: 1,
    ttl: listAgeMs,
    ttlResolution: 0,
    perf: { now },
    async fetchMethod() {
      const agents = await client.agents.list({}).toArray({ limit: maxAgents })
      return agents
        .map(({ id, name }) => ({ id, name }))
        .toSorted((a, b) => a.name.localeCompare(b.name))
    },
  })
  return async () => (await lists.fetch('all')) ?? []
}
