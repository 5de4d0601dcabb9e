import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  apiKey,
  control,
  createFolder,
  everyCall,
  idsOf,
  linesOf,
  readManifest,
  requestsOf,
  runExport,
  startExport,
} from './export.test-helper.ts'
import { ExportState } from './state/export-state.ts'
import { openDatabase } from './state/open-database.ts'

const rows = 1500
const january = ['--from', '2025-01-01', '--to', '2025-02-01']
const half = ['--from', '2025-01-01', '--to', '2025-01-16']
let mock: Mock
let folder: ReturnType<typeof createFolder>
let everyId: number[]

beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows })
  everyId = (await everyCall(mock)).map(({ id }) => id)
}, 30_000)
afterAll(() => mock.close())
beforeEach(async () => {
  folder = createFolder()
  await mock.reset()
})
afterEach(() => folder[Symbol.dispose]())

const at = (name: string): string => folder.at(name)
const run = (args: string[], options = {}) => runExport(mock.url, args, options)
const start = (args: string[]) => startExport(mock.url, args)
const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
/** Every file below a folder. */
const files = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
/** A moment long after the range, so that all of it has settled. */
const later = Date.parse('2025-06-01T00:00:00Z')

test('an export holds every call once, in order, and its manifest the hash of the file', async () => {
  const { code, stderr } = await run([...january, '-o', at('a')])
  expect(stderr).toMatch(
    /^Range: 2025-01-01 00:00 UTC to 2025-02-01 00:00 UTC\.\n1,500 calls in \d+ windows: .*\n1,500 new, 0 changed, 0 unchanged, 0 deleted/,
  )
  expect(code).toBe(0)
  expect(idsOf(at('a'))).toEqual(everyId)
  const manifest = readManifest(at('a.manifest.json'))
  expect(manifest).toMatchObject({
    schema_version: 1,
    calls: rows,
    files: [{ name: 'a', sha256: hash(at('a')), rows }],
    unstable: [],
  })
  expect(readFileSync(at('a.manifest.json')).length).toBeLessThan(2000)
})

test('files and folders are readable by their owner only, and no file has the key', async () => {
  await run([...january, '-o', at('a')])
  await run([...january, '-o', at('lake/a.parquet')])
  for (const file of files(folder.path)) {
    expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
    expect(readFileSync(file).includes(apiKey)).toBe(false)
  }
  expect(statSync(at('lake')).mode & 0o777).toBe(0o700)
})

test.each(['ndjson', 'csv', 'parquet'])(
  'an export of %s that is killed repeatedly has the bytes of an undisturbed one',
  async (format) => {
    const [whole, interrupted] = [at(`whole.${format}`), at(`killed.${format}`)]
    await run([...january, '-o', whole])
    let kills = 0
    for (let windowsMore = 3; ; windowsMore += 15) {
      const before = (await requestsOf(mock)).length
      const { child, ended } = start([...january, '-o', interrupted])
      // Killed when it has asked for so many windows, wherever it is then.
      while (child.exitCode === null && (await requestsOf(mock)).length < before + windowsMore);
      if (child.exitCode === null && child.kill('SIGKILL')) kills += 1
      const { code } = await ended
      if (code === 0) break
    }
    expect(kills).toBeGreaterThan(1)
    expect(readFileSync(interrupted)).toEqual(readFileSync(whole))
  },
  60_000,
)

test('a later end adds new calls; a rerun is up to date', async () => {
  expect((await run([...half, '-o', at('a')])).code).toBe(0)
  const first = idsOf(at('a'))
  expect(first).toEqual(everyId.slice(0, first.length))
  const { stderr } = await run([...january, '-o', at('a')])
  expect(stderr).toContain('(extended)')
  expect(stderr).toMatch(
    new RegExp(`${rows - first.length} new, 0 changed, \\d+ unchanged, 0 deleted`),
  )
  expect(idsOf(at('a'))).toEqual(everyId)
  const before = statSync(at('a')).mtimeMs
  const asked = (await requestsOf(mock)).length
  expect((await run([...january, '-o', at('a')])).stderr).toContain('(up to date)')
  expect((await requestsOf(mock)).length).toBe(asked)
  expect(statSync(at('a')).mtimeMs).toBe(before)
})

test('a late update within --lookback is found, and one outside is not', async () => {
  await run([...half, '-o', at('a')], { now: later })
  const calls = linesOf(at('a'))
  const old = calls[0]!.id
  const fresh = calls.at(-1)!.id
  for (const id of [old, fresh])
    await control(mock, '/update', { id, topic: 'edited', updated_at: '2025-05-01T00:00:00Z' })
  await run([...january, '-o', at('a')], { now: later })
  const topics = () => new Map(linesOf(at('a')).map(({ id, topic }) => [id, topic]))
  expect(topics().get(fresh)).toBe('edited')
  expect(topics().get(old)).not.toBe('edited')
  const { stderr } = await run([...january, '--lookback', '60d', '-o', at('a')], { now: later })
  expect(stderr).toContain('(refreshed)')
  expect(stderr).toContain('0 new, 1 changed, 1,499 unchanged, 0 deleted')
  expect(topics().get(old)).toBe('edited')
})

test('a deleted call is marked, or dropped with --deleted drop', async () => {
  const [gone, moved] = [everyId[700]!, everyId[100]!]
  const again = ['--lookback', '60d']
  for (const rule of ['mark', 'drop']) {
    await mock.reset()
    const args = [...january, '--deleted', rule, '-o', at(rule)]
    await run(args, { now: later })
    await control(mock, '/delete', [gone])
    await control(mock, '/update', { id: moved, timestamp: '2025-01-20T12:00:00Z' })
    const { stderr } = await run([...args, ...again], { now: later })
    expect(stderr).toContain('0 new, 1 changed, 1,498 unchanged, 1 deleted')
    const marks = linesOf(at(rule)).filter((call) => '_deleted_at' in call)
    expect(marks.map(({ id }) => id)).toEqual(rule === 'mark' ? [gone] : [])
    expect(idsOf(at(rule)).toSorted((a, b) => a - b)).toEqual(
      everyId.filter((id) => rule === 'mark' || id !== gone).toSorted((a, b) => a - b),
    )
  }
})

test('--dry-run prints the plan, requests nothing and writes nothing', async () => {
  const { code, stdout } = await run([...january, '--dry-run', '-o', at('a')])
  expect(code).toBe(0)
  expect(stdout).toContain('status: new\nrange: 2025-01-01T00:00:00.000Z to 2025-02-01')
  expect(readdirSync(folder.path)).toEqual([])
  expect(await requestsOf(mock)).toEqual([])
})

test('an API that is down ends with 5, and a rerun resumes', async () => {
  const args = [...january, '--max-retries', '1', '-o', at('a')]
  const { child, ended } = start(args)
  while (child.exitCode === null && (await requestsOf(mock)).length < 8);
  await control(
    mock,
    '/faults',
    Array.from({ length: 40 }, () => ({ status: 503 })),
  )
  const { code, output } = await ended
  expect(code).toBe(5)
  expect(output).toContain('Progress is saved.\nFix: cekura-logs export')
  await control(mock, '/faults', [])
  expect((await run([...january, '-o', at('a')])).stderr).toContain('(resumed)')
  expect(idsOf(at('a'))).toEqual(everyId)
})

test.each([400, 401, 403])('a %i is not asked again', async (status) => {
  await control(mock, '/faults', [{ status }])
  const { code } = await run([...january, '--concurrency', '1', '-o', at('a')])
  expect(code).toBe(status === 400 ? 2 : 4)
  expect(await requestsOf(mock)).toHaveLength(1)
})

test('a rate limit is waited out, and a wait of hours is not', async () => {
  await control(mock, '/faults', [{ status: 429, retryAfter: 0 }, { status: 429 }])
  expect((await run([...january, '-o', at('a')])).code).toBe(0)
  await control(mock, '/faults', [{ status: 429, retryAfter: 36_000 }])
  const { code, stderr } = await run([...january, '-o', at('b')])
  expect(code).toBe(5)
  expect(stderr).toContain('Fix: cekura-logs export')
})

test('a second run at the same time is an error; the lock of a killed run is released', async () => {
  const held = new ExportState(openDatabase(at('a.state')))
  const { code, stderr } = await run([...january, '-o', at('a')])
  expect(stderr).toContain('is already writing')
  expect(code).toBe(7)
  held[Symbol.dispose]()
  expect((await run([...january, '-o', at('a')])).code).toBe(0)
})

test('a state with other arguments is an error, and --restart starts over', async () => {
  await run([...january, '-o', at('a')])
  const { code, stderr } = await run([...january, '--pii', 'drop', '-o', at('a')])
  expect(stderr).toContain('was started with --pii mask; this run uses drop')
  expect(stderr).toMatch(/Fix: cekura-logs export .* -o \S+a-2|--output \S+a-2/)
  expect(code).toBe(7)
  expect((await run([...january, '--pii', 'drop', '--restart', '-o', at('a')])).code).toBe(0)
  expect(readFileSync(at('a.state')).includes('+1555')).toBe(false)
  expect(readFileSync(at('a'), 'utf8')).not.toMatch(/\+1555|"feedback":"[^"]/)
})

test('untracked output is left alone', async () => {
  writeFileSync(at('a'), 'mine')
  expect((await run([...january, '-o', at('a')])).code).toBe(7)
  expect(readFileSync(at('a'), 'utf8')).toBe('mine')
})

test('an ignored time filter is detected within three requests', async () => {
  await using still = await startMock({ mode: 'static' })
  const args = [...january, '--concurrency', '1', '--debug', '-o', at('a')]
  const { code, stderr } = await runExport(still.url, args)
  expect(stderr.match(/^debug: GET /gm)!.length).toBeLessThanOrEqual(3)
  expect(stderr).toContain('ignores the time filter')
  expect(code).toBe(1)
  expect(existsSync(at('a'))).toBe(false)
})

test('shorter pages than requested are read completely', async () => {
  await using small = await startMock({ mode: 'sandbox', rows, maxPageSize: 7 })
  const { code } = await runExport(small.url, [...january, '--concurrency', '8', '-o', at('a')])
  expect(code).toBe(0)
  expect(idsOf(at('a'))).toEqual(everyId)
})

test('--json prints the manifest and how the run continued', async () => {
  await control(mock, '/faults', [{ status: 429, retryAfter: 0 }])
  const { code, stdout } = await run([...january, '--json', '-o', at('a')])
  expect(code).toBe(0)
  const manifest = readManifest(at('a.manifest.json'))
  expect(JSON.parse(stdout)).toEqual({ ...manifest, status: 'new' })
})
