import { createHash } from 'node:crypto'
import type { MockMode } from './mock-options.ts'
import { agentIds, createSandboxStore } from './sandbox/sandbox-store.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

/** What {@link Mock.fingerprint} says it is. */
export function fingerprintOf(
  digest: string,
  mode: MockMode,
  sandbox: Sandbox | undefined,
): string {
  const settings = sandbox?.settings()
  // Calls, not only options, so that another version of the kit that makes other calls shows.
  const store = settings && createSandboxStore(settings)
  const calls = store && agentIds.map((agentId) => store.select({ agentId }, 0, 100).results)
  return createHash('sha256')
    .update(JSON.stringify([digest, mode, settings, calls]))
    .digest('hex')
}
