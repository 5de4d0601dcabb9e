// Runs in a process of its own: one hostile request can end Prism or hang it.
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
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

async function listen({ document, dynamic, upstream, host, port }: PrismStart): Promise<void> {
  const operations = await getHttpOperationsFromSpec(document)
  const shared = { upstreamProxy: undefined, validateResponse: true, mock: { dynamic } }
  const server = createServer(operations, {
    cors: true,
    components: { logger: createLogger('mock', { level: 'silent' }) },
    config: upstream
      ? {
          ...shared,
          isProxy: true,
          upstream: new URL(upstream),
          // The sandbox refuses bad requests itself; Prism would answer in its place, in its words.
          checkSecurity: false,
          validateRequest: false,
          errors: true,
        }
      : { ...shared, isProxy: false, checkSecurity: true, validateRequest: true, errors: false },
  })
  // The only place where Prism says what it found is a response header.
  if (upstream)
    subscribe('http.server.response.finish', (event) => {
      const { response } = event as { response: ServerResponse }
      const found = response.getHeader('sl-violations')
      if (typeof found === 'string') send({ type: 'violation', text: found })
    })
  try {
    send({ type: 'ready', url: await server.listen(port, host) })
  } catch (error) {
    // Prism rejects with a string.
    const reason = error instanceof Error ? error.message : String(error)
    send({ type: 'refused', reason })
  }
}
