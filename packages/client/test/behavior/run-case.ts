import type { ClientOptions } from '@cekura-kit/client'
import { createClientWith } from '../../src/create-client.ts'
import type { Runtime } from '../../src/runtime.ts'
import { withDeadline } from '../../src/transport/deadline.ts'
import { startScriptedServer, type Step } from '../support/scripted-server.ts'
import type { Case } from './case.ts'

export const apiKey = 'canary-key-123'

/** Runs a case against a real server. `{other}` in its steps is the URL of another origin. */
export async function runCase({ iterate, query, options, callOptions, steps }: Case) {
  await using other = await startScriptedServer([{ status: 200, text: 'from another origin' }])
  const script = JSON.parse(JSON.stringify(steps).replaceAll('{other}', other.url)) as Step[]
  // An attempt times out as soon as the server delays it, however slow the machine is.
  let late = new AbortController()
  let fault: Step['fault']
  await using server = await startScriptedServer(script, (step) => {
    ;({ fault } = step)
    if (fault === 'stall') late.abort()
  })
  const waits: number[] = []
  const start = Date.parse('2025-06-01T00:00:00Z')
  const runtime: Runtime = {
    now: () => start + waits.reduce((sum, wait) => sum + wait, 0),
    random: () => 0,
    async wait(delayMs, _, work) {
      if (work) return withDeadline(delayMs, (late = new AbortController()).signal, work)
      waits.push(delayMs)
      return undefined
    },
  }
  const fetchSlowly: ClientOptions['fetch'] = async (url, init) => {
    const response = await fetch(url, init)
    // The headers have arrived, and the body is being read by then.
    if (fault === 'stallBody' || fault === 'drip') setImmediate(() => late.abort())
    return response
  }
  const ids: number[] = []
  let error: unknown
  try {
    const settings = { apiKey, baseUrl: server.url, fetch: fetchSlowly, ...options }
    const client = createClientWith(settings, runtime)
    const list = client.callLogs.list({ agent_id: 7, ...query }, callOptions)
    if (iterate) for await (const { id } of list) ids.push(id)
    else ids.push(...(await list).results.map(({ id }) => id))
  } catch (thrown) {
    error = thrown
  }
  const { requests, url } = server
  return { ids, error, waits, requests, url, requestsToOther: other.requests.length }
}
