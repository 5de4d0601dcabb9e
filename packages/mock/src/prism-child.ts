// Runs in a process of its own: one hostile request can end Prism or hang it.
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import type { PrismMessage, PrismStart } from './prism-process.ts'

const send = (message: PrismMessage): void => {
  process.send?.(message)
}

process.once('message', (start: PrismStart) => {
  void listen(start)
})
// The channel closes when the parent is gone, however it went.
process.once('disconnect', () => process.exit(0))

async function listen({ document, dynamic, host, port }: PrismStart): Promise<void> {
  const operations = await getHttpOperationsFromSpec(document)
  const server = createServer(operations, {
    cors: true,
    components: { logger: createLogger('mock', { level: 'silent' }) },
    config: {
      isProxy: false,
      upstreamProxy: undefined,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      mock: { dynamic },
    },
  })
  try {
    send({ type: 'ready', url: await server.listen(port, host) })
  } catch (error) {
    // Prism rejects with a string.
    const reason = error instanceof Error ? error.message : String(error)
    send({ type: 'refused', reason })
  }
}
