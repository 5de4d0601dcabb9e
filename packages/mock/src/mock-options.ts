import { defaultBaseUrl } from '@cekura-kit/types'
import { readSandboxOptions, type SandboxOptions } from './api/sandbox-options.ts'
import { parseFaultSchedule } from './faults/fault-schedule.ts'
import { MockError } from './mock-error.ts'
import type { Unchecked, Violation } from './prism/violation.ts'
import { checkInteger } from './validate-input.ts'

const modes = ['static', 'dynamic', 'sandbox', 'proxied', 'live-proxy'] as const

/**
 * `static`: Prism returns the examples of the document. `dynamic`: Prism generates bodies from its
 * schemas. `sandbox`: a stateful service with sample call logs; Prism returns examples for all other
 * operations. `proxied`: the sandbox, and Prism validates each response. `live-proxy`: the API
 * itself, its responses unchanged, with those that do not match the document in `violations()`.
 */
export type MockMode = (typeof modes)[number]

export interface MockOptions extends SandboxOptions {
  /** Default `static`. */
  mode?: MockMode | undefined
  /** Base URL for `live-proxy`; default the one of the document. The key is sent there only. */
  upstream?: string | undefined
  /** Port to listen on; default 0, a free port. */
  port?: number | undefined
  /** Address to listen on; default `127.0.0.1`. */
  host?: string | undefined
  /** Start of the links between pages, and its path a prefix of requests; default where it listens. */
  publicUrl?: string | undefined
  /** Port of the control API; default 0, a free port. */
  controlPort?: number | undefined
  /** Address of the control API; default `127.0.0.1`, whatever `host` is. */
  controlHost?: string | undefined
  /**
   * Connection faults in every mode but `live-proxy`: `1:reset,3:truncate@300`, or at random
   * `p=0.1,seed=7`; default none.
   */
  transport?: string | undefined
  /** Called with each addition to `violations()`. What it throws is printed as a warning. */
  onViolations?: ((found: readonly Violation[]) => unknown) | undefined
  /** Called with each addition to `unchecked()`. What it throws is printed as a warning. */
  onUnchecked?: ((found: Unchecked) => unknown) | undefined
  /** OpenAPI file to mock; default the document of `@cekura-kit/types`. */
  spec?: string | undefined
}

/**
 * A base URL without its trailing slash, in its normal form.
 *
 * @throws {MockError} if it is not an http URL, or has credentials or a query
 */
export function normalizeBaseUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  )
    throw new MockError(
      `Invalid ${name}: expected an http or https URL without credentials or query, such as http://mock:4010.`,
    )
  return url.origin + url.pathname.replace(/\/$/, '')
}

/** @throws {MockError} if one is invalid */
export function checkOptions(options: MockOptions): void {
  const { mode = 'static', transport = '', upstream = defaultBaseUrl, publicUrl } = options
  for (const name of ['port', 'controlPort'] as const)
    checkInteger(name, options[name] ?? 0, 0, 65_535)
  if (!modes.includes(mode))
    throw new MockError(
      `Invalid mode ${JSON.stringify(mode)}: expected one of ${modes.join(', ')}.`,
    )
  readSandboxOptions(options)
  parseFaultSchedule(transport)
  if (mode === 'live-proxy' && transport.trim() !== '')
    throw new MockError(
      'Invalid transport: the live proxy has no faults, because a real key passes.',
    )
  if (publicUrl !== undefined) normalizeBaseUrl('publicUrl', publicUrl)
  normalizeBaseUrl('upstream', upstream)
}
