import type { TestProject } from 'vitest/node'
import type { MockOptions } from './mock-options.ts'
import { startMock } from './start-mock.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The mock that the global set-up started. */
    mock: { url: string; controlUrl: string; digest: string; fingerprint: string }
    /** What the global set-up starts it with; `test.provide.mockOptions` of the configuration. */
    mockOptions?: MockOptions
  }
}

/**
 * Global set-up: one mock for the whole run of a project, at `inject('mock').url`.
 *
 * The run fails when Prism found an answer that the document does not allow, and nobody has
 * expected it: a test that provokes one ends with a POST to `/reset` of `inject('mock').controlUrl`,
 * or starts a mock of its own.
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
  const mock = await startMock(project.getProvidedContext().mockOptions)
  const { url, controlUrl, digest, fingerprint } = mock
  project.provide('mock', { url, controlUrl, digest, fingerprint })
  return async () => {
    await mock.close()
    const violations = mock.violations()
    if (violations.length === 0) return
    const most = 20
    const lines = violations
      .slice(0, most)
      .map(({ location, message }) => `  ${location || 'response'}: ${message}`)
    if (violations.length > most) lines.push(`  and ${violations.length - most} more`)
    const error = new Error(
      `The run fails: Prism found ${violations.length} violations of the document in answers of the mock\n${lines.join('\n')}`,
    )
    // Where it was thrown helps nobody.
    delete error.stack
    throw error
  }
}
