import { MockError } from './mock-error.ts'
import { forkPrism, type PrismMessage } from './prism-process.ts'
import { readSpec, type ReadSpec } from './read-spec.ts'
import type { SandboxOptions } from './sandbox.ts'
import { startSandbox, type RunningSandbox } from './start-sandbox.ts'
import { parseViolations, type Violation } from './violations.ts'

const modes = ['static', 'dynamic', 'sandbox', 'proxied'] as const

/**
 * `static`: Prism answers the document's examples. `dynamic`: Prism makes bodies up from the
 * schemas. `sandbox`: a stateful service with made-up call logs. `proxied`: the sandbox behind
 * Prism, which verifies each answer.
 */
export type MockMode = (typeof modes)[number]

export interface MockOptions extends SandboxOptions {
  /** Default `static`. */
  mode?: MockMode | undefined
  /** Port to listen on; default 0, a free one. */
  port?: number | undefined
  /** Address to listen on; default `127.0.0.1`. */
  host?: string | undefined
  /** OpenAPI file to mock; default the document of `@cekura-kit/types`. */
  spec?: string | undefined
}

export interface Mock extends AsyncDisposable {
  /** Base URL, stays the same when the process behind it is replaced. */
  url: string
  /** Base URL of the sandbox's test control, undefined in the other modes. */
  controlUrl: string | undefined
  /** SHA-256 of the mocked document, in hex. */
  digest: string
  /** What Prism found wrong with answers of the sandbox so far; empty in the other modes. */
  violations(): readonly Violation[]
  /** The sandbox as it was at the start, without faults and violations. */
  reset(): Promise<void>
  /** Stops the server and its process. Safe to call twice. */
  close(): Promise<void>
}

function checkOptions({ port = 0, mode = 'static', rows = 1 }: MockOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new MockError(
      `Cannot start the mock: port is ${port}; give a whole number from 0 to 65535, 0 for a free one`,
    )
  if (!modes.includes(mode))
    throw new MockError(
      `Cannot start the mock: there is no mode "${String(mode)}"; give one of ${modes.join(', ')}`,
    )
  if (!Number.isInteger(rows) || rows < 0 || rows > 100_000_000)
    throw new MockError(
      `Cannot start the mock: rows is ${rows}; give a whole number from 0 to 100000000`,
    )
}

/**
 * A server that answers like the API, as the document describes it.
 *
 * Prism runs in a child process. A request that ends the process costs that request: another
 * process takes over the same port.
 *
 * @throws {MockError} when an option is wrong, the document has a problem, or the port is taken
 * @example
 * await using mock = await startMock({ mode: 'proxied', rows: 10_000 })
 * const response = await fetch(mock.url + path, { headers: { [apiKeyHeader]: 'any' } })
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options)
  const { mode = 'static', port = 0, host = '127.0.0.1' } = options
  const spec = await readSpec(options.spec)
  if (mode === 'static' || mode === 'dynamic') return startPrismMock(spec, options, undefined)
  if (mode === 'sandbox') {
    const sandbox = await startSandbox({ ...options, port, host })
    return {
      url: sandbox.url,
      controlUrl: sandbox.controlUrl,
      digest: spec.digest,
      violations: () => [],
      reset: sandbox.reset,
      close: sandbox.close,
      [Symbol.asyncDispose]: sandbox.close,
    }
  }
  const sandbox = await startSandbox({ ...options, port: 0, host: '127.0.0.1' })
  try {
    return await startPrismMock(spec, options, sandbox)
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

async function startPrismMock(
  { document, digest }: ReadSpec,
  options: MockOptions,
  sandbox: RunningSandbox | undefined,
): Promise<Mock> {
  const { port = 0, host = '127.0.0.1', mode } = options
  const start = { document, dynamic: mode === 'dynamic', upstream: sandbox?.url, host }
  let violations: Violation[] = []
  let closed = false
  let current = await forkPrism({ ...start, port })
  const { url } = current
  // Links to neighbours lead through Prism, so that every page of a walk is verified.
  sandbox?.setPublicUrl(url)

  async function replace(): Promise<void> {
    if (closed) return
    current = await forkPrism({ ...start, port: Number(new URL(url).port) })
    if (closed) current.child.kill()
    else supervise()
  }
  function supervise(): void {
    current.child.once('exit', () => void replace())
    current.child.on('message', (message: PrismMessage) => {
      if (message.type === 'violation') violations.push(...parseViolations(message.text))
    })
  }
  supervise()

  async function close(): Promise<void> {
    const { child } = current
    const isRunning = !closed && child.exitCode === null && child.signalCode === null
    closed = true
    if (isRunning) {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await exited
    }
    await sandbox?.close()
  }

  return {
    url,
    controlUrl: sandbox?.controlUrl,
    digest,
    violations: () => violations,
    async reset() {
      violations = []
      await sandbox?.reset()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
