import type { Need } from './check.ts'
import { createSend } from './send.ts'
import { isLoopback, type Target } from './target.ts'

/** What keeps a run from starting; one sentence with the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface LiveSettings {
  url: string | undefined
  key: string | undefined
  agentId: string | undefined
}

/** Milliseconds between the starts of two requests to a service that others use. */
const pauseMs = 500

/**
 * A running service, only read, and asked no more than twice a second; one on this machine is asked
 * as fast as it answers.
 *
 * @throws {UsageError} when a setting is missing or wrong
 */
export function createLiveTarget({ url, key, agentId }: LiveSettings): Target {
  if (!url || !URL.canParse(url))
    throw new UsageError(
      `Cannot run on a live service: CEKURA_API_URL is ${url ? `"${url}"` : 'not set'}; set it to the service's address, such as https://api.cekura.ai`,
    )
  const local = isLoopback(url)
  if (!local && new URL(url).protocol !== 'https:')
    throw new UsageError(
      `Cannot run on "${url}": the key would travel unencrypted; give an https address`,
    )
  if (!key)
    throw new UsageError(
      'Cannot run on a live service: CEKURA_API_KEY is not set; set it in the environment',
    )
  if (!agentId || !/^\d+$/.test(agentId))
    throw new UsageError(
      `Cannot run on a live service: CEKURA_AGENT_ID is ${agentId ? `"${agentId}"` : 'not set'}; set it to the number of an agent that the key may read`,
    )
  const base = new URL(url).href.replace(/\/$/, '')
  const send = createSend({ url: base, key })
  let last = Promise.resolve()
  return {
    name: 'live',
    url: base,
    agentId: Number(agentId),
    capabilities: new Set<Need>(local ? ['stateful'] : ['stateful', 'keys']),
    isPolite: true,
    async send(asked) {
      const turn = last
      last = turn.then(() => (local ? undefined : new Promise((done) => setTimeout(done, pauseMs))))
      await turn
      return send(asked)
    },
    async [Symbol.asyncDispose]() {},
  }
}
