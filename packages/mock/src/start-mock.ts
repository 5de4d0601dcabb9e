import { MockError } from './mock-error.ts'
import { forkPrism } from './prism-process.ts'
import { readSpec } from './read-spec.ts'

export interface MockOptions {
  /** Port to listen on; default 0, a free one. */
  port?: number | undefined
  /** Address to listen on; default `127.0.0.1`. */
  host?: string | undefined
  /** Bodies made up from the schemas instead of the document's examples; default false. */
  dynamic?: boolean | undefined
  /** OpenAPI file to mock; default the document of `@cekura-kit/types`. */
  spec?: string | undefined
}

export interface Mock extends AsyncDisposable {
  /** Base URL, stays the same when the process behind it is replaced. */
  url: string
  /** SHA-256 of the mocked document, in hex. */
  digest: string
  /** Stops the server and its process. Safe to call twice. */
  close(): Promise<void>
}

function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new MockError(
      `Cannot start the mock: port is ${port}; give a whole number from 0 to 65535, 0 for a free one`,
    )
}

/**
 * A server that answers like the API, as the document describes it.
 *
 * Prism runs in a child process. A request that ends the process costs that request: another
 * process takes over the same port.
 *
 * @throws {MockError} when the document has a problem or the port is taken
 * @example
 * await using mock = await startMock()
 * const response = await fetch(mock.url + path, { headers: { [apiKeyHeader]: 'any' } })
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', dynamic = false } = options
  checkPort(port)
  const { document, digest } = await readSpec(options.spec)
  let closed = false
  let current = await forkPrism({ document, dynamic, host, port })
  const { url } = current
  const listening = Number(new URL(url).port)

  async function replace(): Promise<void> {
    if (closed) return
    current = await forkPrism({ document, dynamic, host, port: listening })
    if (closed) current.child.kill()
    else supervise()
  }
  const supervise = (): void => void current.child.once('exit', () => void replace())
  supervise()

  async function close(): Promise<void> {
    const { child } = current
    if (closed || child.exitCode !== null) {
      closed = true
      return
    }
    closed = true
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await exited
  }

  return { url, digest, close, [Symbol.asyncDispose]: close }
}
