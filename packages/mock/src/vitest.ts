import type { TestProject } from 'vitest/node'
import { expectOneRelease } from './expect-one-release.ts'
import type { MockOptions } from './mock-options.ts'
import { formatViolation } from './prism/violation.ts'
import { startMock } from './start-mock.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The mock that the global setup started. */
    mock: { url: string; controlUrl: string; digest: string }
    /** Options of that mock; `test.provide.mockOptions` in the configuration. */
    mockOptions?: MockOptions
  }
}

const maxLines = 20

/**
 * Global setup: one mock for the complete run of a project, at `inject('mock').url`.
 *
 * The run fails if a response does not match the spec, or if the project has packages of several
 * major versions. A test that causes a violation on purpose
 * ends with a POST to `/reset` of `inject('mock').controlUrl`, or starts a separate mock.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({
 *   test: {
 *     globalSetup: ['@cekura-kit/mock/vitest'],
 *     provide: { mockOptions: { mode: 'proxied', rows: 1000 } },
 *   },
 * })
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await expectOneRelease(project.config.root)
  const mock = await startMock(project.getProvidedContext().mockOptions)
  const { url, controlUrl, digest } = mock
  project.provide('mock', { url, controlUrl, digest })
  return async () => {
    await mock.close()
    const violations = mock.violations()
    if (violations.length === 0) return
    const lines = violations
      .slice(0, maxLines)
      .map((violation) => `  ${formatViolation(violation)}`)
    if (violations.length > maxLines) lines.push(`  and ${violations.length - maxLines} more`)
    const error = new Error(
      `Mock responses do not match the spec (violations: ${violations.length}):\n${lines.join('\n')}`,
    )
    // The place where it was thrown does not help.
    delete error.stack
    throw error
  }
}
