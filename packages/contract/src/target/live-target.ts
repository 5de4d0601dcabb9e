import { NoResponseError, UsageError } from '../suite/errors.ts'
import { isRead, type Capability } from './capability.ts'
import { createHttpClient } from './http.ts'
import type { TestRequest, TestResponse } from './request.ts'
import { isLoopback, type Target } from './target.ts'

export interface LiveSettings {
  url: string | undefined
  key: string | undefined
  agentId: string | undefined
}

export interface LiveOptions {
  /** Minimum milliseconds from the start of one request to the start of the next. */
  pauseMs?: number
  /** Milliseconds since any point in time. */
  now?: () => number
  sleep?: (ms: number) => Promise<void>
  /** Called for each response, also for those that are retried. */
  onResponse?: (request: TestRequest, response: TestResponse) => void
}

/** Milliseconds between the starts of two requests to a shared service. */
const sharedPauseMs = 500
/** How often a 429 is retried, and the maximum wait. */
const maxRetries = 3
const maxWaitSeconds = 60

const systemSleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** @throws {UsageError} if a setting is missing or invalid */
function checkSettings({ url, key, agentId }: LiveSettings): { base: string; key: string } {
  if (!url || !URL.canParse(url))
    throw new UsageError(
      url
        ? `Invalid CEKURA_API_URL "${url}": expected a URL such as https://api.cekura.ai.`
        : 'Missing CEKURA_API_URL. Set it to the URL of the service, such as https://api.cekura.ai.',
    )
  const { protocol, username, search, hash } = new URL(url)
  // The message does not quote what may be a secret.
  if (username || search || hash)
    throw new UsageError(
      'Invalid URL of the service: it has credentials, a query or a fragment. Pass scheme, host and path only.',
    )
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(url)))
    throw new UsageError(`Invalid URL "${url}": the key would be sent unencrypted. Use https.`)
  if (!key) throw new UsageError('Missing CEKURA_API_KEY. Set it in the environment.')
  if (!agentId || !/^\d+$/.test(agentId))
    throw new UsageError(
      `${agentId ? `Invalid CEKURA_AGENT_ID "${agentId}"` : 'Missing CEKURA_AGENT_ID'}: expected the id of an agent that the key may read.`,
    )
  return { base: new URL(url).href.replace(/\/$/, ''), key }
}

/** Seconds of a `Retry-After` header in either form; 5 if there is none. */
function parseRetryAfter(text: string | null, nowMs: number): number {
  if (text === null) return 5
  if (/^\d+$/.test(text)) return Math.min(Number(text), maxWaitSeconds)
  const dateMs = Date.parse(text)
  if (Number.isNaN(dateMs)) return 5
  return Math.min(Math.max(Math.ceil((dateMs - nowMs) / 1000), 0), maxWaitSeconds)
}

/**
 * A running service. It gets GET and HEAD requests only, at most two per second; a server on this
 * machine gets them without a pause. A 429 is retried after `Retry-After`, at most a minute.
 *
 * @throws {UsageError} if a setting is missing or invalid
 */
export function createLiveTarget(settings: LiveSettings, options: LiveOptions = {}): Target {
  const { base, key } = checkSettings(settings)
  const local = isLoopback(base)
  const {
    pauseMs = local ? 0 : sharedPauseMs,
    now = () => performance.now(),
    sleep = systemSleep,
    onResponse,
  } = options
  const send = createHttpClient({ url: base, key })
  let freeAtMs = Number.NEGATIVE_INFINITY
  let turn = Promise.resolve()
  async function takeTurn(): Promise<void> {
    // A 429 that arrives while this request waits counts too.
    while (freeAtMs > now()) await sleep(freeAtMs - now())
    freeAtMs = now() + pauseMs
  }
  return {
    name: new URL(base).host,
    url: base,
    agentId: Number(settings.agentId),
    capabilities: new Set<Capability>(local ? ['stateful'] : ['stateful', 'keys']),
    isShared: true,
    async send(request) {
      const { method = 'GET', path } = request
      if (!isRead(method))
        throw new UsageError(
          `Cannot send ${method} ${path}: a service gets GET and HEAD requests only. Run this check on the mock or the sandbox.`,
        )
      for (let retries = 0; ; retries++) {
        await (turn = turn.then(takeTurn))
        const response = await send(request)
        onResponse?.(request, response)
        if (response.status !== 429) return response
        if (retries === maxRetries)
          throw new NoResponseError(`${response.request}: rate limited after ${retries} retries`)
        const waitSeconds = parseRetryAfter(response.headers.get('retry-after'), Date.now())
        freeAtMs = Math.max(freeAtMs, now() + waitSeconds * 1000)
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}
