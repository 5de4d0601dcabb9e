import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { MockError } from './mock-error.ts'
import { createSandbox, type SandboxOptions } from './sandbox.ts'

export interface RunningSandbox {
  url: string
  controlUrl: string
  /** The base URL that `next` and `previous` carry; default the sandbox's own. */
  setPublicUrl(url: string): void
  reset(): Promise<void>
  close(): Promise<void>
}

async function listen(app: Hono, port: number, host: string): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new MockError(
      error.code === 'EADDRINUSE'
        ? `Cannot start the mock on port ${port}: the port is in use; stop what uses it, or take port 0 for a free one`
        : `Cannot start the mock on ${host}:${port}: ${error.message}; give another host or port`,
    )
  })
  return server
}

const urlOf = (server: Server, host: string): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`

async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** Starts a sandbox and its control port. @throws {MockError} when a port cannot be listened on */
export async function startSandbox(
  options: SandboxOptions & { port: number; host: string },
): Promise<RunningSandbox> {
  const { port, host, seed, rows, startMs, endMs, maxPageSize, pageSize, latencyMs } = options
  let publicUrl = ''
  const { app, control } = createSandbox({
    seed,
    rows,
    startMs,
    endMs,
    maxPageSize,
    pageSize,
    latencyMs,
    publicUrl: () => publicUrl,
  } as SandboxOptions & { publicUrl: () => string })
  const server = await listen(app, port, host)
  const controlServer = await listen(control, 0, '127.0.0.1')
  const url = urlOf(server, host)
  publicUrl = url
  return {
    url,
    controlUrl: urlOf(controlServer, '127.0.0.1'),
    setPublicUrl: (outer) => {
      publicUrl = outer
    },
    reset: async () => void (await control.request('/reset', { method: 'POST' })),
    close: async () => void (await Promise.all([stop(server), stop(controlServer)])),
  }
}
