import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createApp, type AppOptions } from './create-app.ts'

export const pageFolder = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Serves the built page and its routes on loopback. */
export async function startDashboard(options: AppOptions & { port?: number | undefined }) {
  const { app, close } = createApp(options)
  app.use(
    '/*',
    serveStatic({
      root: pageFolder,
      onFound(path, context) {
        // Their names change with their content.
        if (path.includes('/assets/'))
          context.header('cache-control', 'max-age=31536000, immutable')
      },
    }),
  )
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close(): Promise<void> {
      close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
