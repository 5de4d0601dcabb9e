import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSpec, type Json, type SpecDocument } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { readDecisions, writeDecisions } from '../policy/decisions.ts'
import {
  acceptDrift,
  deviationList,
  findDrift,
  type Drift,
  type DriftReport,
} from './find-drift.ts'
import { formatDrift } from './format-drift.ts'

const folder = mkdtempSync(join(tmpdir(), 'drift-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { document } = await bundleSpec()

type Loose = { [key: string]: Loose }

/** Our document as upstream's, with one edit and an operation that we lack. */
function upstream(edit: (document: Loose) => void = () => {}): SpecDocument {
  const copy = structuredClone(document) as unknown as Loose
  copy['paths']!['/other/'] = {
    get: { operationId: 'other', responses: { 204: { description: 'none' } } },
  } as unknown as Loose
  edit(copy)
  return copy as unknown as SpecDocument
}

const day = '2026-11-30'
const acceptAll = (report: DriftReport) => acceptDrift([], report, ['all'], 'seen', day)
test('upstream like ours has no drift, only operations that we lack', () => {
  const report = findDrift(document, upstream(), [])
  expect(report.drift).toEqual([])
  expect(report.uncovered).toEqual([{ method: 'GET', path: '/other/', operationId: 'other' }])
  expect(formatDrift(report)).toMatch(/^No new drift from upstream\.\n\n## 1 operation of upstream/)
})

test('drift is reported until it is accepted', () => {
  const changed = upstream(
    (d) => delete d['components']!['schemas']!['CallLog']!['properties']!['topic'],
  )
  const first = findDrift(document, changed, [])
  expect(first.drift).toContainEqual(
    expect.objectContaining({
      edit: 'response-property-removed',
      location: expect.stringMatching(/\.topic$/),
      ours: 'string',
    }),
  )
  expect(formatDrift(first)).toMatch(
    /\| `response-property-removed` \| `GET .*\.topic` \| `string` \|/,
  )
  const accepted = acceptAll(first)
  expect(accepted[0]).toMatchObject({ reason: 'seen', accepted: day })
  expect(findDrift(document, changed, accepted).drift).toEqual([])
})

const small = (responses: Json, extra: object = {}): SpecDocument => ({
  openapi: '3.1.0',
  info: { title: 'Small', version: '1' },
  paths: { '/v1/things/{id}/': { get: { operationId: 'things.get', responses } }, ...extra },
})
const ok = { 200: { description: 'OK.' } }

test('a status that our document marks as inferred is no drift when upstream lacks it', () => {
  const inferred = { description: 'Too many.', 'x-origin': 'inferred' }
  const chosen = { description: 'Too many.', 'x-origin': 'published' }
  expect(findDrift(small({ ...ok, 429: inferred }), small(ok), []).drift).toEqual([])
  expect(findDrift(small({ ...ok, 429: chosen }), small(ok), []).drift).toMatchObject([
    { edit: 'response-status-removed', location: 'GET /v1/things/{id}/ 429' },
  ])
})

test('the successor of a covered operation is listed first', () => {
  const get = { responses: ok }
  const theirs = small(ok, {
    '/other/': { get },
    '/v2/things/{key}/': { get, delete: { operationId: 'remove', responses: ok } },
  })
  expect(findDrift(small(ok), theirs, []).uncovered).toEqual([
    { method: 'GET', path: '/v2/things/{key}/', operationId: '', succeeds: 'things.get' },
    { method: 'GET', path: '/other/', operationId: '' },
    { method: 'DELETE', path: '/v2/things/{key}/', operationId: 'remove' },
  ])
})

test('names such as __proto__ in a reference change no object of ours', () => {
  const hostile = JSON.parse(
    JSON.stringify(small(ok))
      .replace(
        '"200":{',
        '"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/__proto__"}}},',
      )
      .replace(/}$/, ',"components":{"schemas":{"__proto__":{"type":"object","polluted":true}}}}'),
  ) as SpecDocument
  const { drift } = findDrift(small(ok), hostile, [])
  expect(drift).toMatchObject([{ edit: 'response-body-added' }])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('a difference is accepted by its hash, with a reason', () => {
  const report = findDrift(small(ok), small({}), [])
  const [item] = report.drift
  expect(acceptDrift([], report, [item!.hash], 'seen', day)).toEqual([
    { edit: item!.edit, location: item!.location, hash: item!.hash, reason: 'seen', accepted: day },
  ])
  expect(() => acceptDrift([], report, ['all'], ' ', day)).toThrow('Missing --reason')
  expect(() => acceptDrift([], report, ['0000'], 'seen', day)).toThrow('hash "0000"')
})

test('deviations are written sorted, and an incomplete entry is one message', async () => {
  const entry = { edit: 'a', location: 'GET /b', hash: '1', reason: 'seen', accepted: day }
  const root = mkdtempSync(join(folder, 'root-'))
  spawnSync('mkdir', [join(root, 'spec')])
  await writeDecisions(root, deviationList, [entry, { ...entry, location: 'GET /a' }])
  const written = await readDecisions(root, deviationList)
  expect(written.map(({ location }) => location)).toEqual(['GET /a', 'GET /b'])
  writeFileSync(join(root, 'spec/deviations.json'), JSON.stringify([{ ...entry, accepted: '' }]))
  await expect(readDecisions(root, deviationList)).rejects.toThrow(
    /Invalid entry 1 of spec\/deviations.json/,
  )
})

test('the report is an issue body: text of upstream stays text, and it fits', () => {
  const item: Drift = {
    edit: 'docs | x',
    location: 'GET /a|b',
    ours: '',
    theirs: '@someone `x` <img src=y> [z](https://z.example)',
    hash: '0123',
  }
  const report = { drift: [item], uncovered: [] }
  expect(formatDrift(report)).toContain(
    '| `docs \\| x` | `GET /a\\|b` |  | `` @someone `x` <img src=y> [z](https://z.example) `` | 0123 |',
  )
  const many = formatDrift({ ...report, drift: Array.from({ length: 5_000 }, () => item) })
  expect(many.length).toBeLessThan(65_536)
  expect(many).toContain('\n\n4940 more: see `pnpm drift --json`.\n')
})

test('the command exits with 0, 1 for drift, and 2 for a document that it cannot use', () => {
  const command = join(import.meta.dirname, '../commands/drift.ts')
  const run = (text: string) => {
    const file = join(folder, 'upstream.json')
    writeFileSync(file, text)
    return spawnSync(process.execPath, [command, file], { encoding: 'utf8' })
  }
  expect(run(JSON.stringify(small(ok)))).toMatchObject({ status: 1, stderr: '' })
  const malformed = JSON.stringify(small({ 200: { $ref: '#/components/%E0%A4%A' } }))
  const { status, stderr } = run(malformed)
  expect(stderr).toMatch(/is not a URI fragment/)
  expect(status).toBe(2)
})
