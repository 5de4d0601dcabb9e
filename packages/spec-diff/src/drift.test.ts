import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSpec, type SpecDocument } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { compareBeside } from './compare-beside.ts'
import { findDrift, formatDrift, type Deviation } from './drift.ts'
import type { Loose } from './trial-document.ts'
import { readUpstream, upstreamLimits } from './read-upstream.ts'

const folder = mkdtempSync(join(tmpdir(), 'drift-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { document } = await bundleSpec()

/** Upstream as we know it, with one thing changed and other operations beside ours. */
function upstream(change: (document: Loose) => void = () => {}): SpecDocument {
  const copy = structuredClone(document) as unknown as Loose
  ;(copy['paths'] as Record<string, unknown>)['/other/'] = {
    get: { operationId: 'other', responses: { 204: { description: 'none' } } },
  }
  change(copy)
  return copy as unknown as SpecDocument
}

const accept = (items: { kind: string; location: string; upstream: string }[]): Deviation[] =>
  items.map(({ kind, location, upstream }) => ({ kind, location, upstream, reason: 'seen' }))

test('upstream like ours has no drift, its other operations do not count', async () => {
  const report = await findDrift(document, upstream(), [])
  expect(report.drift).toEqual([])
  expect(report.prose.map(({ kind }) => kind)).toEqual(['prose'])
  const read = await findDrift(document, upstream(), accept(report.prose))
  expect(formatDrift(read)).toBe('Upstream and our document promise the same.\n')
})

test('new drift is reported until it is accepted, and asked back when it is gone', async () => {
  const changed = upstream(
    (d) => delete d['components']!['schemas']!['CallLog']!['properties']!['topic'],
  )
  const first = await findDrift(document, changed, [])
  expect(first.drift).toEqual([
    expect.objectContaining({
      kind: 'response-property-removed',
      location: expect.stringMatching(/results\[\]\.topic$/),
      ours: 'string',
    }),
  ])
  expect(formatDrift(first)).toMatch(
    /\| response-property-removed \| `GET .*\.topic` \| `string` \|/,
  )
  const ledger = accept([...first.drift, ...first.prose])
  expect(await findDrift(document, changed, ledger)).toEqual({ drift: [], prose: [], settled: [] })
  expect((await findDrift(document, upstream(), ledger)).settled).toEqual([
    expect.objectContaining({ kind: 'response-property-removed' }),
  ])
})

test('reworded prose on a covered operation is flagged for a person', async () => {
  const { prose } = await findDrift(document, upstream(), [])
  const reworded = upstream((d) => {
    for (const item of Object.values(d['paths']!))
      Object.assign(item['get']!, { description: 'At most 31 days.' })
  })
  const report = await findDrift(document, reworded, accept(prose))
  expect(report.drift).toEqual([])
  expect(report.prose[0]!.theirs).toContain('At most 31 days.')
})

test('a comparison is the same beside as here, and ends at its limit', async () => {
  const comparison = { ours: document, upstream: upstream(), accepted: [] }
  expect(await compareBeside(comparison)).toEqual(await findDrift(document, upstream(), []))
  await expect(compareBeside(comparison, 1)).rejects.toThrow(
    'Cannot compare with upstream within 0.001 s; cut its document down to the operations of ours',
  )
})

test.each([
  {
    name: 'a reference to a file',
    text: '{"openapi":"3.1.0","paths":{"/a":{"$ref":"/etc/passwd"}}}',
    want: /leads out of it/,
  },
  {
    name: 'a reference to a URL',
    text: '{"openapi":"3.1.0","paths":{"/a":{"$ref":"http://x.example/"}}}',
    want: /leads out of it/,
  },
  { name: 'broken JSON', text: '{"openapi"', want: /neither JSON nor YAML/ },
  { name: 'broken YAML', text: 'openapi: "3.1', want: /neither JSON nor YAML/ },
  {
    name: 'aliases that multiply',
    text: `openapi: 3.1.0\nx-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${Array.from({ length: 8 }, (_, n) => `x-${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(', ')}]`).join('\n')}\n`,
    want: /unfolds into more than 4 million values|aliases/,
  },
  {
    name: 'an alias of itself',
    text: 'openapi: 3.1.0\nx-a: &a [*a, *a]\n',
    want: /nested deeper than 200 levels|neither JSON nor YAML/,
  },
  {
    name: 'YAML with a reference to a file',
    text: 'openapi: 3.1.0\npaths:\n  /a:\n    $ref: ../a.yaml\n',
    want: /leads out of it/,
  },
  { name: 'no OpenAPI', text: '[]', want: /not an OpenAPI 3 document/ },
  {
    name: 'endless nesting',
    text: `{"openapi":"3.1.0","x":${'['.repeat(upstreamLimits.depth + 2)}${']'.repeat(upstreamLimits.depth + 2)}}`,
    want: /nested deeper than 200 levels/,
  },
])('refuses $name', async ({ text, want }) => {
  const file = join(folder, 'upstream.json')
  writeFileSync(file, text)
  await expect(readUpstream(file)).rejects.toThrow(want)
})

test('YAML is read as the JSON of it is, aliases as copies', async () => {
  const file = join(folder, 'upstream.yaml')
  writeFileSync(file, 'openapi: 3.1.0\nx-a: &a { b: 1 }\nx-c: *a\n')
  const read = await readUpstream(file)
  expect(read).toEqual({ openapi: '3.1.0', 'x-a': { b: 1 }, 'x-c': { b: 1 } })
  expect(read['x-a']).not.toBe(read['x-c'])
})

test('the report is an issue body: words of upstream stay words, and it fits', () => {
  const item = {
    kind: 'docs',
    location: 'GET /a|b',
    ours: '',
    theirs: '@someone `x` <img src=y> [z](https://z.example)',
    upstream: '0123',
  }
  const body = formatDrift({ drift: [item], prose: [], settled: [] })
  expect(body).toContain(
    '| docs | `GET /a\\|b` |  | `` @someone `x` <img src=y> [z](https://z.example) `` | 0123 |',
  )
  const many = formatDrift({
    drift: Array.from({ length: 5_000 }, () => item),
    prose: [],
    settled: [],
  })
  expect(many.length).toBeLessThan(65_536)
  expect(many).toMatch(/Cut here, \d+ lines follow: `pnpm drift --json` has them all\.\n$/)
})

test('stops reading a URL at the size limit, and reads a smaller one', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/small') return void response.end(JSON.stringify(upstream()))
    const megabyte = Buffer.alloc(1_000_000, ' ')
    const more = (): void => {
      while (!response.destroyed && response.write(megabyte));
      if (!response.destroyed) response.once('drain', more)
    }
    return more()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await expect(readUpstream(`http://127.0.0.1:${port}/endless`)).rejects.toThrow(
    /larger than 32 MB/,
  )
  await expect(readUpstream(`http://127.0.0.1:${port}/small`)).resolves.toMatchObject({
    openapi: '3.1.1',
  })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
