import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'
import type { SandboxOptions, SandboxReset } from './sandbox/sandbox-options.ts'
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts'

function fingerprint(options: SandboxOptions, use?: (sandbox: Sandbox) => void): string {
  const sandbox = createSandbox({ ...options, publicUrl: () => 'http://mock.test' })
  use?.(sandbox)
  return fingerprintOf('a', 'sandbox', sandbox)
}
const reset = (change: SandboxReset) => (sandbox: Sandbox) => sandbox.reset(change)

test('the fingerprint tells apart what answers differently', () => {
  const found = [
    fingerprint({}),
    fingerprint({ seed: 2 }),
    fingerprint({ rows: 501 }),
    fingerprint({ profile: 'contrary' }),
    fingerprint({ profile: 'published' }),
    fingerprint({ guesses: { missingKey: 403 } }),
    fingerprint({ pageSize: 21 }),
    fingerprint({ clock: '2025-01-15T00:00:00Z' }),
    fingerprint({ endMs: Date.parse('2025-03-01') }),
    fingerprint({}, reset({ seed: 3 })),
  ]
  expect(new Set(found).size).toBe(found.length)
})

test('the fingerprint stays through what does not decide the answers', () => {
  const found = [
    fingerprint({}),
    fingerprint({ seed: 1, profile: 'framework', pageSize: 20 }),
    fingerprint({ latencyMs: 5 }),
    fingerprint({}, ({ remove }) => remove([200_000_500])),
    fingerprint({}, ({ setFaults }) => setFaults([{ status: 500 }])),
    fingerprint({ seed: 2 }, reset({ seed: 1 })),
  ]
  expect(new Set(found).size).toBe(1)
})

test('the fingerprint is of the calls, too, and the same in every release', () => {
  // Changed on purpose? It says that recorded answers are of another mock: a changeset says why.
  expect(fingerprint({ rows: 3 })).toBe(
    '3175c7df5aac8816659a6d2eaa6798727cab120d916373c53213ff5f4bbb4b3d',
  )
})

test('the fingerprint tells modes and documents apart where there are no calls', () => {
  const found = [
    fingerprintOf('a', 'static', undefined),
    fingerprintOf('a', 'dynamic', undefined),
    fingerprintOf('b', 'static', undefined),
  ]
  expect(new Set(found).size).toBe(3)
})
