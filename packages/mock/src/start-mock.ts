import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { defaultBaseUrl } from '@cekura-kit/types'
import { createControl } from './control.ts'
import { fingerprintOf } from './fingerprint.ts'
import { listen, startGateway, type Backend } from './gateway/start-gateway.ts'
import { createLiveBackend, createReplay } from './live/live-backend.ts'
import { MockError } from './mock-error.ts'
import { checkOptions, type MockOptions } from './mock-options.ts'
import { createPrismBackend } from './prism/prism-backend.ts'
import { supervisePrism, type PrismSupervisor } from './prism/supervise-prism.ts'
import type { Violation } from './prism/violation.ts'
import { readSpec } from './read-spec.ts'
import { createSandboxBackend } from './sandbox/sandbox-backend.ts'
import { createSandboxControl } from './sandbox/sandbox-control.ts'
import type { SandboxReset } from './sandbox/sandbox-options.ts'
import { createSandbox } from './sandbox/sandbox.ts'

export interface Mock extends AsyncDisposable {
  /** Base URL, stays the same when the process behind it is replaced. */
  url: string
  /** Base URL of the test control. */
  controlUrl: string
  /** SHA-256 of the mocked document, in hex. */
  readonly digest: string
  /**
   * SHA-256, in hex, of what decides the answers: document, mode, and of the sandbox its calls and
   * guesses. The same for mocks that answer the same; writes and faults leave it alone.
   */
  readonly fingerprint: string
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
  /**
   * Everything as it was at the start: the sandbox, faults, and no violations; or with other calls.
   *
   * @throws {MockError} when there are none such
   */
  reset(change?: SandboxReset): Promise<void>
  /** Stops the server and its process, at once or when requests under way have ended. Safe to call twice. */
  close(options?: { graceMs?: number }): Promise<void>
}

/** Where a client on this machine reaches what listens everywhere. */
const reachable = (url: string): string =>
  url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:)/, '//127.0.0.1')

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
  const serve = (server: Server, at = 0, on = '127.0.0.1'): Promise<string> => {
    servers.push(server)
    return listen(server, at, on)
  }
  const serveApp = ({ fetch }: Hono, at?: number, on?: string): Promise<string> =>
    serve(createServer(getRequestListener(fetch)), at, on)
  const url = (): string => reachable(gateway.url)
  function onViolations(found: Violation[]): void {
    violations.push(...found)
    options.onViolations?.(found)
  }

  const sandbox =
    mode === 'sandbox' || mode === 'proxied'
      ? // Links to neighbours lead through the gateway, so that every page of a walk passes it.
        createSandbox({ ...options, publicUrl: () => options.publicUrl ?? url() })
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

  async function reset(change: SandboxReset = {}): Promise<void> {
    if (!sandbox && Object.keys(change).length > 0)
      throw new MockError(`Cannot reset: the mode ${mode} has no calls to change; take sandbox`)
    sandbox?.reset(change)
    violations = []
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
      sandbox: sandbox && createSandboxControl(sandbox),
    })
    return {
      url: url(),
      controlUrl: reachable(await serveApp(control, options.controlPort, options.controlHost)),
      get digest() {
        return spec.digest
      },
      get fingerprint() {
        return fingerprintOf(spec.digest, mode, sandbox)
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
