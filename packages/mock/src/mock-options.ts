import { defaultBaseUrl } from '@cekura-kit/types'
import { parseFaultSchedule } from './gateway/fault-schedule.ts'
import { MockError } from './mock-error.ts'
import type { Violation } from './prism/violation.ts'
import { checkWholeNumber } from './sandbox/check-input.ts'
import { readSandboxOptions, type SandboxOptions } from './sandbox/sandbox-options.ts'

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
  /** What links to neighbour pages begin with; default the address it listens on. */
  publicUrl?: string | undefined
  /** Port of the test control; default 0, a free one. */
  controlPort?: number | undefined
  /** Address of the test control; default `127.0.0.1`, whatever `host` is. */
  controlHost?: string | undefined
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

const isUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:/.test(new URL(text).protocol)

/** @throws {MockError} when one is wrong */
export function checkOptions(options: MockOptions): void {
  const { mode = 'static', transport = '', upstream = defaultBaseUrl, publicUrl } = options
  for (const name of ['port', 'controlPort'] as const) {
    const port = options[name] ?? 0
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new MockError(
        `Cannot start the mock: ${name} is ${port}; give a whole number from 0 to 65535, 0 for a free one`,
      )
  }
  if (!modes.includes(mode))
    throw new MockError(
      `Cannot start the mock: there is no mode "${String(mode)}"; give one of ${modes.join(', ')}`,
    )
  readSandboxOptions('Cannot start the mock', options)
  checkWholeNumber('Cannot start the mock', 'latencyMs', options.latencyMs ?? 0, 0, 600_000)
  parseFaultSchedule(transport)
  if (publicUrl !== undefined && !isUrl(publicUrl))
    throw new MockError(
      `Cannot start the mock: publicUrl is "${publicUrl}"; give a URL as http://mock:4010`,
    )
  if (!isUrl(upstream) || new URL(upstream).username || new URL(upstream).search)
    throw new MockError(
      `Cannot start the mock: upstream is no URL of a service; give https://host, without a user and a query`,
    )
}
