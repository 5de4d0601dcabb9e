import { isRead, UsageError, type Need } from '../check.ts'
import { createSend } from '../send.ts'
import { isLoopback, type Answer, type Asked, type Target } from '../target.ts'
import { createPace, type PaceOptions } from './pace.ts'

export interface LiveSettings {
  url: string | undefined
  key: string | undefined
  agentId: string | undefined
}

export interface LiveOptions extends Partial<PaceOptions> {
  /** Told of each answer, those asked again included. */
  onAnswer?: (asked: Asked, answer: Answer) => void
}

/** Milliseconds between the starts of two requests to a service that others use. */
const politePauseMs = 500
/** How often, and how long at most, a refusal for asking too much is waited out. */
const mostWaits = 3
const mostWaitSeconds = 60

const systemSleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** @throws {UsageError} when a setting is missing or wrong */
function checkSettings({ url, key, agentId }: LiveSettings): { base: string; key: string } {
  if (!url || !URL.canParse(url))
    throw new UsageError(
      `Cannot run on a live service: CEKURA_API_URL is ${url ? `"${url}"` : 'not set'}; set it to the service's address, such as https://api.cekura.ai`,
    )
  const { protocol, username, search, hash } = new URL(url)
  // What may be a secret is not quoted.
  if (username || search || hash)
    throw new UsageError(
      'Cannot run on a live service: its address has a user, a query or a fragment; give scheme, host and path only',
    )
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(url)))
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
  return { base: new URL(url).href.replace(/\/$/, ''), key }
}

/**
 * A running service, only read, and asked no more than twice a second; one on this machine is asked
 * as fast as it answers. A 429 is waited out, as long as it says and a minute at most.
 *
 * @throws {UsageError} when a setting is missing or wrong
 */
export function createLiveTarget(settings: LiveSettings, options: LiveOptions = {}): Target {
  const { base, key } = checkSettings(settings)
  const local = isLoopback(base)
  const {
    pauseMs = local ? 0 : politePauseMs,
    now = () => performance.now(),
    sleep = systemSleep,
    onAnswer,
  } = options
  const send = createSend({ url: base, key })
  const pace = createPace({ pauseMs, now, sleep })
  return {
    name: 'live',
    url: base,
    agentId: Number(settings.agentId),
    capabilities: new Set<Need>(local ? ['stateful'] : ['stateful', 'keys']),
    isPolite: true,
    async send(asked) {
      const { method = 'GET', path } = asked
      if (!isRead(method))
        throw new UsageError(
          `Cannot send ${method} ${path}: a service gets GET and HEAD requests only. Run this check on the mock or the sandbox.`,
        )
      for (let waits = 0; ; waits++) {
        await pace.turn()
        const answer = await send(asked)
        onAnswer?.(asked, answer)
        if (answer.status !== 429 || waits === mostWaits) return answer
        pace.rest(waitSeconds(answer.headers.get('retry-after')) * 1000)
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** What a `Retry-After` of whole seconds says; a guess when it says nothing that is understood. */
function waitSeconds(text: string | null): number {
  const asked = text !== null && /^\d+$/.test(text) ? Number(text) : 5
  return Math.min(asked, mostWaitSeconds)
}
