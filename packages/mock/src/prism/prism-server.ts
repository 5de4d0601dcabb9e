import type { SpecDocument } from '@cekura-kit/spec'
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'

export interface PrismServerOptions {
  document: SpecDocument
  /** Bodies generated from the schemas instead of the examples; default false. */
  dynamic?: boolean | undefined
}

export interface PrismServer extends AsyncDisposable {
  url: string
  close(): Promise<void>
}

/**
 * Prism in this process, for thousands of documents: another one costs milliseconds. A malformed
 * request can end the process or hang; `startMock()` has neither problem.
 *
 * @throws what Prism rejects with, which can be a string, if it cannot listen
 */
export async function startPrism(options: PrismServerOptions): Promise<PrismServer> {
  const { document, dynamic = false } = options
  const operations = await getHttpOperationsFromSpec(document)
  const server = createServer(operations, {
    cors: false,
    components: { logger: createLogger('mock', { level: 'silent' }) },
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic },
    },
  })
  const url = await server.listen(0, '127.0.0.1')
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= server.close())
  return { url, close, [Symbol.asyncDispose]: close }
}
