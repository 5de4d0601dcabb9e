import type { TestProject } from 'vitest/node'
import { startMock } from './start-mock.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The mock that the global set-up started. */
    mock: { url: string; digest: string }
  }
}

/**
 * Global set-up: one mock for the whole run, at `inject('mock').url`.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ test: { globalSetup: ['@cekura-kit/mock/vitest'] } })
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mock = await startMock()
  project.provide('mock', { url: mock.url, digest: mock.digest })
  return () => mock.close()
}
