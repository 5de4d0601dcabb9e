import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'
import type { SandboxOptions, SandboxReset } from './api/sandbox-options.ts'
import { createSandbox, type Sandbox } from './api/sandbox.ts'

function fingerprint(options: SandboxOptions, use?: (sandbox: Sandbox) => void): string {
  const sandbox = createSandbox(options)
  use?.(sandbox)
  return fingerprintOf('a', 'sandbox', sandbox.settings())
}
const reset = (change: SandboxReset) => (sandbox: Sandbox) => sandbox.reset(change)

test('mocks that respond differently have different fingerprints', () => {
  const found = [
    fingerprint({}),
    fingerprint({ seed: 2 }),
    fingerprint({ rows: 501 }),
    fingerprint({ profile: 'inverted' }),
    fingerprint({ profile: 'published' }),
    fingerprint({ assumptions: { missingKey: 403 } }),
    fingerprint({ pageSize: 21 }),
    fingerprint({ clock: '2025-01-15T00:00:00Z' }),
    fingerprint({ endMs: Date.parse('2025-03-01') }),
    fingerprint({}, reset({ seed: 3 })),
  ]
  expect(new Set(found).size).toBe(found.length)
})

test('what does not determine the responses does not change the fingerprint', () => {
  const found = [
    fingerprint({}),
    fingerprint({ seed: 1, profile: 'framework', pageSize: 20 }),
    fingerprint({ latencyMs: 5 }),
    fingerprint({}, ({ store }) => store().remove([200_000_500])),
    fingerprint({}, ({ setFaults }) => setFaults([{ status: 500 }])),
    fingerprint({ seed: 2 }, reset({ seed: 1 })),
  ]
  expect(new Set(found).size).toBe(1)
})

test('the fingerprint covers the calls and is the same in every release', () => {
  // A change means that recorded results belong to other data: a changeset explains why.
  expect(fingerprint({ rows: 3 })).toBe(
    '96646670cbe3cdd8112c657db4b35cfd9056927d7cce59bb5d8dfe0dc0765367',
  )
})

test('modes and documents without calls have different fingerprints', () => {
  const found = [
    fingerprintOf('a', 'static', undefined),
    fingerprintOf('a', 'dynamic', undefined),
    fingerprintOf('b', 'static', undefined),
  ]
  expect(new Set(found).size).toBe(3)
})
