import { createHash } from 'node:crypto'
import type { SandboxSettings } from './api/sandbox-options.ts'
import { createCallStore } from './data/call-store.ts'
import { agents } from './data/catalog.ts'
import type { MockMode } from './mock-options.ts'

/** The value of {@link Mock.fingerprint}. */
export function fingerprintOf(
  digest: string,
  mode: MockMode,
  settings: SandboxSettings | undefined,
): string {
  // Calls, not only options: another version of the kit can generate other calls.
  const store = settings && createCallStore(settings, () => settings.clockMs)
  const calls = store && agents.map(({ id }) => store.select({ agentId: id }, 0, 100).results)
  return createHash('sha256')
    .update(JSON.stringify([digest, mode, settings, calls]))
    .digest('hex')
}
