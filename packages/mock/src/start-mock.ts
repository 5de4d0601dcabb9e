import type { Server } from 'node:http'
import { listOperations } from '@cekura-kit/spec'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { SandboxReset } from './api/sandbox-options.ts'
import { readSandboxOptions } from './api/sandbox-options.ts'
import { handlerOf } from './api/operations/stateful-operations.ts'
import { createSandbox, type Sandbox } from './api/sandbox.ts'
import { createControlServer } from './control/create-control-server.ts'
import { createControlRoutes, type ServedOperation } from './control/control-routes.ts'
import { listen } from './gateway/listen.ts'
import { startGateway } from './gateway/start-gateway.ts'
import { MockError } from './mock-error.ts'
import { checkOptions, normalizeBaseUrl, type MockMode, type MockOptions } from './mock-options.ts'
import { createModeBackend } from './mode-backend.ts'
import { supervisePrism } from './prism/supervise-prism.ts'
import { createValidationLog } from './prism/validation-log.ts'
import type { Unchecked, Violation } from './prism/violation.ts'
import { readSpec, type ReadSpec } from './read-spec.ts'

export interface Mock extends AsyncDisposable {
  /** Base URL of the API; it stays the same when Prism restarts or the document is reloaded. */
  url: string
  /** Base URL of the control API. */
  controlUrl: string
  /** SHA-256 of the mocked document, in hex. */
  readonly digest: string
  /** Absolute paths of the files of the document, empty without `spec`. */
  readonly files: readonly string[]
  /**
   * Reads the document again and mocks it at the same URL, without a lost request.
   *
   * @throws {MockError|SpecError} if it has a problem; the mock keeps the previous document
   */
  reload(): Promise<void>
  /** Responses that Prism found not to match the document, oldest first. */
  violations(): readonly Violation[]
  /** Responses that Prism could not validate, oldest first. */
  unchecked(): readonly Unchecked[]
  /**
   * Restores the initial state: data, faults, and empty `violations()`; or replaces the data.
   *
   * @throws {MockError} if a value is invalid, or the mode has no sandbox to change
   */
  reset(change?: SandboxReset): Promise<void>
  /** Stops the servers and the process of Prism, at once or after open requests. Safe to call twice. */
  close(options?: { graceMs?: number }): Promise<void>
}

/** A URL that a client on this machine can use, for a server that listens on every interface. */
const reachable = (url: string): string =>
  url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:)/, '//127.0.0.1')

function servedOperations({ document }: ReadSpec, mode: MockMode): ServedOperation[] {
  const hasSandbox = mode === 'sandbox' || mode === 'proxied'
  return listOperations(document).map((operation) => ({
    operationId: operation.operationId,
    method: operation.method,
    path: operation.path,
    servedBy:
      mode === 'live-proxy' ? 'upstream' : hasSandbox && handlerOf(operation) ? 'sandbox' : 'prism',
  }))
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** The public URL, its path, and the host names that requests use. */
function readPublicUrl({ publicUrl, host, controlHost }: MockOptions) {
  const normal = publicUrl && normalizeBaseUrl('publicUrl', publicUrl)
  const url = normal ? new URL(normal) : undefined
  const hosts = [url?.hostname, host, controlHost].filter((name) => name !== undefined)
  return { publicUrl: normal, prefix: url?.pathname.replace(/\/$/, '') ?? '', hosts }
}

const createReset =
  (mode: MockMode, sandbox: Sandbox | undefined, clear: () => void): Mock['reset'] =>
  async (change = {}) => {
    if (!sandbox && Object.keys(change).length > 0)
      throw new MockError(`Cannot change the data: mode ${mode} has no sandbox. Use mode sandbox.`)
    sandbox?.reset(change)
    clear()
  }

/** The same end for every call. */
function closeOnce(end: (graceMs?: number) => Promise<void>): Mock['close'] {
  let closing: Promise<void> | undefined
  return ({ graceMs } = {}) => (closing ??= end(graceMs))
}

/**
 * Starts a mock server of the API, as the document describes it.
 *
 * Prism runs in a child process, which is restarted when it ends or does not respond in time.
 *
 * @throws {MockError} if an option is invalid, the document has a problem, or a port is in use
 * @example
 * await using mock = await startMock({ mode: 'proxied', rows: 10_000 })
 * const response = await fetch(mock.url + path, { headers: { [apiKeyHeader]: 'any' } })
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options)
  const { mode = 'static', port = 0, host = '127.0.0.1', transport = '' } = options
  let spec = await readSpec(options.spec)
  const { publicUrl, prefix, hosts } = readPublicUrl(options)
  const isLive = mode === 'live-proxy'
  const log = createValidationLog(options)
  const sandbox = mode === 'sandbox' || mode === 'proxied' ? createSandbox(options) : undefined
  const { assumptions } = readSandboxOptions(options)
  const prism = supervisePrism({ document: spec.document, dynamic: mode === 'dynamic' })
  // The port is taken before anything slow starts.
  const guard = { hosts, crossOrigin: !isLive, jsonWrites: false }
  const gateway = await startGateway({ port, host, faults: transport, guard })
  const url = reachable(gateway.url)

  const fixed = {
    prism,
    log,
    sandbox,
    mode,
    upstream: normalizeBaseUrl('upstream', options.upstream ?? defaultBaseUrl),
    publicUrl: publicUrl ?? url,
    prefix,
    withoutSlash: () => (sandbox?.settings().assumptions ?? assumptions).withoutSlash,
  }
  const reset = createReset(mode, sandbox, () => {
    log.clear()
    if (!isLive) gateway.setFaults(transport)
  })
  const control = createControlServer(
    createControlRoutes({
      operations: () => servedOperations(spec, mode),
      violations: log.violations,
      sandbox,
      // Where a real key passes, tests change nothing.
      ...(!isLive && { reset, setTransportFaults: gateway.setFaults }),
    }),
    hosts,
  )
  const close = closeOnce(async (graceMs) => {
    await gateway.close(graceMs)
    await Promise.all([prism.close(), stop(control)])
  })

  try {
    // The sandbox needs Prism for some operations only, and starts it on first use.
    if (mode !== 'sandbox') await prism.start()
    let backend = createModeBackend({ spec, ...fixed })
    gateway.open((request) => backend(request))
    const { controlPort = 0, controlHost = '127.0.0.1' } = options
    return {
      url,
      controlUrl: reachable(await listen(control, controlPort, controlHost)),
      get digest() {
        return spec.digest
      },
      get files() {
        return spec.files
      },
      async reload() {
        const next = await readSpec(options.spec)
        await prism.swap(next.document)
        spec = next
        backend = createModeBackend({ spec, ...fixed })
      },
      violations: log.violations,
      unchecked: log.unchecked,
      reset,
      close,
      [Symbol.asyncDispose]: () => close(),
    }
  } catch (error) {
    await close()
    throw error
  }
}
