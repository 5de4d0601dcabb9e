import { startMock, type MockOptions } from '@cekura-kit/mock'
import { startDashboard } from '../src/server/start-dashboard.ts'

/** Replaces the API key; only requests to the API may contain it. */
export const keyCanary = 'canary-key-5150-d41d8cd9'
/** The time of the server and the end of the data: a Friday. */
export const now = Date.parse('2025-01-31T12:00:00Z')
export const agentId = 2142
const dayMs = 86_400_000

export interface WorldOptions {
  mock?: MockOptions
  server?: Partial<Parameters<typeof startDashboard>[0]>
}

export interface World extends AsyncDisposable {
  url: string
  /** Changes the API through the control API of the mock: `/insert`, `/faults` … */
  control(path: string, body: unknown): Promise<void>
  /** All requests to the API so far. */
  requests(): Promise<{ query: Record<string, string>; status: number }[]>
  violations(): readonly unknown[]
  /** Advances the clock of the dashboard's server. */
  advance(ms: number): void
  /** Stops the API; the dashboard's server keeps running. */
  stopService(): Promise<void>
  /** Stops the dashboard's server. */
  stopServer(): Promise<void>
}

/** A sandbox of the API, the dashboard's server and the built page. */
export async function startWorld({ mock: options, server }: WorldOptions = {}): Promise<World> {
  const mock = await startMock({
    mode: 'sandbox',
    rows: 3000,
    startMs: now - 61 * dayMs,
    endMs: now,
    ...options,
  })
  let time = now
  const dashboard = await startDashboard({
    api: { apiKey: keyCanary, baseUrl: mock.url, maxRetries: 0 },
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
