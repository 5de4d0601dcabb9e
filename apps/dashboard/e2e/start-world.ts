import { createClient } from '@cekura-kit/client'
import { startMock, type MockOptions } from '@cekura-kit/mock'
import { startDashboard } from '../src/server/start-dashboard.ts'

/** Stands for the API key; must be seen nowhere but in requests to the service. */
export const keyCanary = 'canary-key-5150-d41d8cd9'
/** What the clocks of server and data agree on: a Friday, with calls before and after. */
export const now = Date.parse('2025-01-31T12:00:00Z')
export const agentId = 2142
const dayMs = 86_400_000

export interface WorldOptions {
  mock?: MockOptions
  server?: Partial<Parameters<typeof startDashboard>[0]>
}

export interface World extends AsyncDisposable {
  /** Where the page is. */
  url: string
  /** Steers the service, as the mock's control port takes it: `/insert`, `/faults` … */
  control(path: string, body: unknown): Promise<void>
  /** What the service has been asked so far. */
  requests(): Promise<{ query: Record<string, string>; status: number }[]>
  violations(): readonly unknown[]
  /** Moves the clock of the page's server. */
  advance(ms: number): void
  /** The service goes away, the page's server stays. */
  stopService(): Promise<void>
  /** The page's server goes away. */
  stopServer(): Promise<void>
}

/** A sandboxed service, the real server in front of it, and the built page. */
export async function startWorld({ mock: options, server }: WorldOptions = {}): Promise<World> {
  const mock = await startMock({
    mode: 'sandbox',
    rows: 3000,
    startMs: now - 61 * dayMs,
    endMs: now + 2 * dayMs,
    ...options,
  })
  const client = createClient({ apiKey: keyCanary, baseUrl: mock.url, maxRetries: 0 })
  let time = now
  const dashboard = await startDashboard({
    client,
    agentId,
    source: 'sandbox',
    now: () => time,
    ...server,
  })
  return {
    url: dashboard.url,
    async control(path, body) {
      const answer = await fetch(mock.controlUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`The control port answered ${path} with ${answer.status}`)
    },
    requests: async () =>
      (await (await fetch(`${mock.controlUrl}/requests`)).json()) as Awaited<
        ReturnType<World['requests']>
      >,
    violations: () => mock.violations(),
    advance: (ms) => {
      time += ms
    },
    stopService: () => mock.close(),
    stopServer: () => dashboard.close(),
    async [Symbol.asyncDispose]() {
      await dashboard.close()
      await mock.close()
    },
  }
}
