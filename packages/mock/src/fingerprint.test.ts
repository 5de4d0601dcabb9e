import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'
import { startMock, type Mock, type MockOptions } from './index.ts'

async function fingerprint(options: MockOptions, use?: (mock: Mock) => Promise<unknown>) {
  await using mock = await startMock({ mode: 'sandbox', ...options })
  await use?.(mock)
  return mock.fingerprint
}
const post = (path: string, body: unknown) => (mock: Mock) =>
  fetch(mock.controlUrl + path, { method: 'POST', body: JSON.stringify(body) })

test('the fingerprint tells apart what answers differently', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mock-'))
  const spec = join(folder, 'openapi.json')
  try {
    await writeFile(spec, JSON.stringify(bundled).replace('"count":7', '"count":8'))
    const found = await Promise.all([
      fingerprint({}),
      fingerprint({ spec }),
      fingerprint({ seed: 2 }),
      fingerprint({ rows: 501 }),
      fingerprint({ profile: 'contrary' }),
      fingerprint({ profile: 'published' }),
      fingerprint({ guesses: { missingKey: 403 } }),
      fingerprint({ pageSize: 21 }),
      fingerprint({ clock: '2025-01-15T00:00:00Z' }),
      fingerprint({ endMs: Date.parse('2025-03-01') }),
      fingerprint({}, post('/reset', { seed: 3 })),
    ])
    expect(new Set(found).size).toBe(found.length)
    for (const one of found) expect(one).toMatch(/^[0-9a-f]{64}$/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the fingerprint stays through what does not decide the answers', async () => {
  const found = await Promise.all([
    fingerprint({}),
    fingerprint({ seed: 1, profile: 'framework', pageSize: 20 }),
    fingerprint({ latencyMs: 5, transport: '*:reset', host: 'localhost' }),
    fingerprint({}, post('/delete', [200_000_500])),
    fingerprint({}, post('/faults', [{ status: 500 }])),
    fingerprint({ seed: 2 }, post('/reset', { seed: 1 })),
  ])
  expect(new Set(found).size).toBe(1)
})

test('the fingerprint tells modes and documents apart where there are no calls', () => {
  const found = [
    fingerprintOf('a', 'static', undefined),
    fingerprintOf('a', 'dynamic', undefined),
    fingerprintOf('b', 'static', undefined),
  ]
  expect(new Set(found).size).toBe(3)
})
