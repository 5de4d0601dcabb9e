import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBConnection } from '@duckdb/node-api'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import {
  createFolder,
  everyCall,
  readManifest,
  runExport,
  startExport,
} from '../export/export.test-helper.ts'
import type { Manifest } from '../export/write/manifest.ts'

let mock: Mock
let folder: ReturnType<typeof createFolder>
let lake: string
/** Three shards, done; tests harm copies. */
const model = createFolder()
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 400 })
  for (const index of [2, 3, 1]) await shard(index, range, model.path)
})
afterAll(async () => {
  model[Symbol.dispose]()
  await mock.close()
})
beforeEach(() => {
  folder = createFolder()
  lake = folder.at('lake')
})
afterEach(() => folder[Symbol.dispose]())

const range = ['--from', '2025-01-01', '--to', '2025-01-15']
const shard = (index: number, args = range, path = lake) =>
  runExport(mock.url, [...args, '--partition', 'day', '--shard', `${index}/3`, '-o', path])
const merge = () => capture(['merge', '--agent', '2142', '-o', lake])
const own = () => join(lake, 'call_logs/agent_id=2142')
const manifestOf = (index: number): string => join(own(), `_manifest.shard-${index}-of-3.json`)
function edit(index: number, change: (manifest: Manifest) => Manifest): void {
  const manifest = readManifest(manifestOf(index))
  writeFileSync(manifestOf(index), JSON.stringify(change(manifest)))
}

test('shards in one folder merge into what one export writes', async () => {
  for (const index of [2, 3, 1]) expect((await shard(index)).code).toBe(0)
  const { code, stderr } = await merge()
  expect(stderr).toMatch(/^3 shards, \d+ calls, 14 files: .*_manifest\.json\n$/)
  expect(code).toBe(0)
  const whole = folder.at('whole')
  await runExport(mock.url, [...range, '--partition', 'day', '-o', whole])
  const one = readManifest(join(whole, 'call_logs/agent_id=2142/_manifest.json'))
  const merged = readManifest(join(own(), '_manifest.json'))
  expect(merged.files).toEqual(one.files)
  expect(merged).toMatchObject({
    calls: one.calls,
    from: one.from,
    to: one.to,
    shards: 3,
    first_call: one.first_call,
    last_call: one.last_call,
  })
  const wanted = (await everyCall(mock)).filter(({ timestamp }) => timestamp < '2025-01-15')
  const connection = await DuckDBConnection.create()
  const read = await connection.runAndReadAll(
    `SELECT count(*)::INT AS n, count(DISTINCT id)::INT AS ids, typeof(any_value(dt)) AS dt
      FROM read_json('${lake}/call_logs/*/*/*.ndjson', hive_partitioning = true)`,
  )
  expect(read.getRowObjectsJson()).toEqual([{ n: wanted.length, ids: wanted.length, dt: 'DATE' }])
  connection.closeSync()
})

test('four processes write one folder; one is killed and run again, and they merge', async () => {
  const args = [...range, '--partition', 'day', '--format', 'parquet', '--progress', 'json']
  const start = (index: number, ...more: string[]) =>
    startExport(mock.url, [...args, '--shard', `${index}/4`, '-o', lake, ...more])
  // So slow that a busy machine, too, kills it long before its end.
  const slow = ['--page-size', '5', '--concurrency', '1', '--max-rps', '4']
  const workers = [start(1), start(2), start(3, ...slow), start(4)]
  const { child } = workers[2]!
  // It has read one window, and has more to read.
  child.stderr.on('data', (text: string) => {
    if (text.includes('"event":"window"')) child.kill('SIGKILL')
  })
  const codes = await Promise.all(workers.map(async ({ ended }) => (await ended).code))
  expect(codes).toEqual([0, 0, null, 0])
  const early = await merge()
  expect(early.code).toBe(7)
  expect(early.stderr).toContain('Shard 3 of 4 is incomplete.')
  expect(early.stderr).toContain(
    `Fix: cekura-logs export --agent 2142 --from 2025-01-01 --to 2025-01-15 --format parquet --partition day --shard 3/4 -o ${lake}\n`,
  )
  const again = await start(3).ended
  expect(again.output).toContain('"status":"resumed"')
  expect((await merge()).code).toBe(0)
  const whole = folder.at('whole')
  await runExport(mock.url, [...range, '--partition', 'day', '--format', 'parquet', '-o', whole])
  const one = readManifest(join(whole, 'call_logs/agent_id=2142/_manifest.json'))
  expect(readManifest(join(own(), '_manifest.json')).files).toEqual(one.files)
})

test('a later end extends every shard, and merges again', async () => {
  cpSync(model.path, lake, { recursive: true })
  const longer = ['--from', '2025-01-01', '--to', '2025-01-20']
  await shard(1, longer)
  expect((await merge()).stderr).toContain('Shard 2 has to 2025-01-15T00:00:00.000Z, but shard 1')
  for (const index of [2, 3]) expect((await shard(index, longer)).stderr).toContain('Extended.')
  expect((await merge()).code).toBe(0)
  expect(readManifest(join(own(), '_manifest.json')).files).toHaveLength(19)
})

test.each([
  {
    what: 'an incomplete shard',
    harm: () => rmSync(manifestOf(2)),
    want: 'Shard 2 of 3 is incomplete.',
  },
  {
    what: 'a hole',
    harm: () => edit(1, (manifest) => ({ ...manifest, read: manifest.read.slice(1) })),
    want: /No shard read the time from 2025-01-0.T00:00:00.000Z to 2025-01-0.T00:00:00.000Z/,
  },
  {
    what: 'an overlap',
    harm: () =>
      edit(1, (manifest) => ({
        ...manifest,
        read: [...manifest.read, readManifest(manifestOf(2)).read[0]!],
      })),
    want: 'Two shards read the time from',
  },
  {
    what: 'another service',
    harm: () => edit(3, (manifest) => ({ ...manifest, base_url: 'http://other' })),
    want: 'has base_url',
  },
  {
    what: 'a file that was changed',
    harm: () => writeFileSync(join(own(), 'dt=2025-01-02/part-00000.ndjson'), ''),
    want: 'dt=2025-01-02/part-00000.ndjson was modified after shard',
  },
  {
    what: 'a folder in the place of a file',
    harm: () => {
      rmSync(join(own(), 'dt=2025-01-02/part-00000.ndjson'))
      mkdirSync(join(own(), 'dt=2025-01-02/part-00000.ndjson'))
    },
    want: 'dt=2025-01-02/part-00000.ndjson was modified after shard',
  },
  {
    what: 'a file of no shard',
    harm: () => writeFileSync(join(own(), 'dt=2025-01-02/part-00001.ndjson'), ''),
    want: 'part-00001.ndjson belongs to no shard',
  },
  {
    what: 'another version',
    harm: () => edit(3, (manifest) => ({ ...manifest, schema_version: 2 as never })),
    want: 'was written by another version (schema 2',
  },
])('$what is found, and no manifest is written', async ({ harm, want }) => {
  cpSync(model.path, lake, { recursive: true })
  harm()
  const { code, stderr } = await merge()
  expect(stderr).toMatch(want)
  expect(stderr).toContain('Fix: ')
  expect(code).toBe(7)
  expect(readdirSync(own())).not.toContain('_manifest.json')
})

test('a temporary file of a killed worker does not prevent a merge', async () => {
  cpSync(model.path, lake, { recursive: true })
  writeFileSync(join(own(), 'dt=2025-01-02/_part-00000.ndjson.tmp'), 'half')
  expect((await merge()).code).toBe(0)
})

test('a manifest that cannot be written ends with 5, its path and the command', async () => {
  cpSync(model.path, lake, { recursive: true })
  // A file cannot replace a folder that is not empty, also for root.
  mkdirSync(join(own(), '_manifest.json/in the way'), { recursive: true })
  const { code, stderr } = await merge()
  expect(stderr).toMatch(
    /^Cannot write .*_manifest\.json: .*\nFix: cekura-logs merge --agent 2142 -o .*  # when it is writable\n$/,
  )
  expect(code).toBe(5)
})

test('a folder without shards suggests how to export them', async () => {
  const { code, stderr } = await merge()
  expect(stderr).toContain('No shards in')
  expect(code).toBe(7)
})

test.each([
  { args: [...range, '--shard', '1/3'], want: '--shard needs --partition day' },
  {
    args: ['--from', '7d', '--partition', 'day', '--shard', '1/3'],
    want: '--shard needs --from and --to as dates',
  },
  {
    args: [...range, '--partition', 'day', '--pii', 'hash', '--shard', '1/3'],
    want: 'CEKURA_HASH_KEY',
  },
  { args: [...range, '--partition', 'day', '--shard', '4/3'], want: '--shard "4/3"' },
])('$want', async ({ args, want }) => {
  const { code, stderr } = await runExport(mock.url, [...args, '-o', lake])
  expect(stderr).toContain(want)
  expect(code).toBe(2)
})

test('hashes of two shards can be joined when the key is one, and merge refuses two keys', async () => {
  const args = [...range, '--partition', 'day', '--pii', 'hash', '-o', lake]
  const hashed = (index: number, key: string) =>
    runExport(mock.url, [...args, '--shard', `${index}/3`], { env: { CEKURA_HASH_KEY: key } })
  for (const index of [1, 2]) expect((await hashed(index, 'one')).code).toBe(0)
  expect((await hashed(3, 'two')).code).toBe(0)
  expect((await merge()).stderr).toContain('has pii_key_check')
  expect(readFileSync(manifestOf(1), 'utf8')).not.toContain('"one"')
})
