import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { defaultBaseUrl } from '@cekura-kit/types'
import { createControl } from './control.ts'
import { parseFaultSchedule } from './gateway/fault-schedule.ts'
import { listen, startGateway, type Backend } from './gateway/start-gateway.ts'
import { createLiveBackend, createReplay } from './live/live-backend.ts'
import { MockError } from './mock-error.ts'
import { createPrismBackend } from './prism/prism-backend.ts'
import { supervisePrism, type PrismSupervisor } from './prism/supervise-prism.ts'
import type { Violation } from './prism/violation.ts'
import { readSpec } from './read-spec.ts'
import { createSandboxBackend } from './sandbox/sandbox-backend.ts'
import { createSandbox, type SandboxOptions } from './sandbox/sandbox.ts'

const modes = ['static', 'dynamic', 'sandbox', 'proxied', 'live-proxy'] as const

/**
 * `static`: Prism answers the document's examples. `dynamic`: Prism makes bodies up from the
 * schemas. `sandbox`: a stateful service with made-up call logs. `proxied`: the sandbox behind
 * Prism, which verifies each answer. `live-proxy`: the service itself, its answers as they are, and
 * what Prism finds wrong with them in `violations()`.
 */
export type MockMode = (typeof modes)[number]

export interface MockOptions extends SandboxOptions {
  /** Default `static`. */
  mode?: MockMode | undefined
  /** The service of `live-proxy`; default the one of the document. The key goes there and nowhere else. */
  upstream?: string | undefined
  /** Port to listen on; default 0, a free one. */
  port?: number | undefined
  /** Address to listen on; default `127.0.0.1`. */
  host?: string | undefined
  /**
   * What the gateway in front of every mode does to connections: `1:reset,3:truncate@300`, or by
   * chance `p=0.1,seed=7`; default nothing.
   */
  transport?: string | undefined
  /** Told what {@link Mock.violations} grows by. */
  onViolations?: ((found: readonly Violation[]) => void) | undefined
  /** OpenAPI file to mock; default the document of `@cekura-kit/types`. */
  spec?: string | undefined
}

export interface Mock extends AsyncDisposable {
  /** Base URL, stays the same when the process behind it is replaced. */
  url: string
  /** Base URL of the test control. */
  controlUrl: string
  /** SHA-256 of the mocked document, in hex. */
  readonly digest: string
  /** Absolute paths of what the document was read from, empty without `spec`. */
  readonly files: readonly string[]
  /**
   * Reads the document again and mocks it at the same address, without a request lost.
   *
   * @throws {MockError|SpecError} when it has a problem; the mock goes on with the old one
   */
  reload(): Promise<void>
  /** What Prism has found wrong with answers so far; empty in `sandbox` mode, which has no Prism. */
  violations(): readonly Violation[]
  /** Everything as it was at the start: the sandbox, faults, and no violations. */
  reset(): Promise<void>
  /** Stops the server and its process, at once or when requests under way have ended. Safe to call twice. */
  close(options?: { graceMs?: number }): Promise<void>
}

function checkOptions(options: MockOptions): void {
  const { port = 0, mode = 'static', rows = 1, transport = '', upstream = defaultBaseUrl } = options
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
  parseFaultSchedule(transport)
  const isUrl = URL.canParse(upstream) && /^https?:$/.test(new URL(upstream).protocol)
  if (!isUrl || new URL(upstream).username || new URL(upstream).search)
    throw new MockError(
      `Cannot start the mock: upstream is no URL of a service; give https://host, without a user and a query`,
    )
}

/** An answer that takes longer than the sandbox was told to take, and this, never comes. */
const answerWithinMs = 30_000

/**
 * A server that answers like the API, as the document describes it.
 *
 * A gateway listens at `url`. Prism runs behind it in a child process; a request that ends or
 * blocks the process costs that request, and another process takes over.
 *
 * @throws {MockError} when an option is wrong, the document has a problem, or the port is taken
 * @example
 * await using mock = await startMock({ mode: 'proxied', rows: 10_000 })
 * const response = await fetch(mock.url + path, { headers: { [apiKeyHeader]: 'any' } })
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options)
  const { mode = 'static', port = 0, host = '127.0.0.1', transport = '' } = options
  let spec = await readSpec(options.spec)
  let violations: Violation[] = []
  let prism: PrismSupervisor | undefined
  const servers: Server[] = []
  const serve = (server: Server): Promise<string> => {
    servers.push(server)
    return listen(server, 0, '127.0.0.1')
  }
  const serveApp = ({ fetch }: Hono): Promise<string> =>
    serve(createServer(getRequestListener(fetch)))
  function onViolations(found: Violation[]): void {
    violations.push(...found)
    options.onViolations?.(found)
  }

  const sandbox =
    mode === 'sandbox' || mode === 'proxied'
      ? // Links to neighbours lead through the gateway, so that every page of a walk passes it.
        createSandbox({ ...options, publicUrl: () => gateway.url })
      : undefined
  const startBackend = async (): Promise<Backend> => {
    if (sandbox && mode === 'sandbox') return createSandboxBackend(sandbox.app)
    const replay = mode === 'live-proxy' ? createReplay() : undefined
    const upstream = sandbox ? await serveApp(sandbox.app) : replay && (await serve(replay.server))
    prism = await supervisePrism({
      document: spec.document,
      dynamic: mode === 'dynamic',
      upstream,
      errors: sandbox !== undefined,
    })
    const backend = createPrismBackend({
      prism,
      withinMs: answerWithinMs + (options.latencyMs ?? 0),
      verifies: upstream !== undefined,
      onViolations,
    })
    return replay
      ? createLiveBackend({
          upstream: options.upstream ?? defaultBaseUrl,
          replay,
          prism: backend,
          onViolations,
        })
      : backend
  }

  // The port is taken before anything slow is started.
  const gateway = await startGateway({ port, host, faults: transport })

  async function reset(): Promise<void> {
    violations = []
    sandbox?.reset()
    gateway.setFaults(transport)
  }
  let closing: Promise<void> | undefined
  async function shut(graceMs?: number): Promise<void> {
    await gateway.close(graceMs)
    await prism?.close()
    await Promise.all(servers.map(stop))
  }
  const close: Mock['close'] = ({ graceMs } = {}) => (closing ??= shut(graceMs))

  try {
    gateway.open(await startBackend())
    const control = createControl({
      setTransportFaults: gateway.setFaults,
      violations: () => violations,
      reset,
      sandbox: sandbox?.control,
    })
    return {
      url: gateway.url,
      controlUrl: await serveApp(control),
      get digest() {
        return spec.digest
      },
      get files() {
        return spec.files
      },
      async reload() {
        const next = await readSpec(options.spec)
        await prism?.swap(next.document)
        spec = next
      },
      violations: () => violations,
      reset,
      close,
      [Symbol.asyncDispose]: () => close(),
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
