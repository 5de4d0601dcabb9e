import { createHash } from 'node:crypto'
import type { SandboxSettings } from './api/sandbox-options.ts'
import { agentIds, createCallStore } from './data/call-store.ts'
import type { MockMode } from './mock-options.ts'

/** The value of {@link Mock.fingerprint}. */
export function fingerprintOf(
  digest: string,
  mode: MockMode,
  settings: SandboxSettings | undefined,
): string {
  // Calls, not only options: another version of the kit can generate other calls.
  const store = settings && createCallStore(settings, () => settings.clockMs)
  const calls = store && agentIds.map((agentId) => store.select({ agentId }, 0, 100).results)
  return createHash('sha256')
    .update(JSON.stringify([digest, mode, settings, calls]))
    .digest('hex')
}
