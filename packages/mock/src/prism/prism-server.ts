import type { SpecDocument } from '@cekura-kit/spec'
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'

export interface PrismServerOptions {
  document: SpecDocument
  /** Bodies made up from the schemas instead of the examples; default false. */
  dynamic?: boolean | undefined
  /** Service to stand in front of and to verify; Prism answers itself when there is none. */
  upstream?: string | undefined
  /** Whether an answer that the document does not allow becomes 500; default true. */
  errors?: boolean | undefined
  /** Default `127.0.0.1`. */
  host?: string | undefined
  /** Default 0, a free one. */
  port?: number | undefined
}

export interface PrismServer extends AsyncDisposable {
  url: string
  close(): Promise<void>
}

/**
 * Prism in this process: another one costs milliseconds, and a hostile request can end the process
 * or never be answered. What is not about thousands of documents wants `startMock()`.
 *
 * @throws what Prism rejects with, which can be a string, when it cannot listen
 */
export async function startPrism(options: PrismServerOptions): Promise<PrismServer> {
  const { document, dynamic = false, upstream, errors = true } = options
  const { host = '127.0.0.1', port = 0 } = options
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
          errors,
        }
      : { ...shared, isProxy: false, checkSecurity: true, validateRequest: true, errors: false },
  })
  const url = await server.listen(port, host)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= server.close())
  return { url, close, [Symbol.asyncDispose]: close }
}
