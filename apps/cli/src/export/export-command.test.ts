import { existsSync, readFileSync } from 'node:fs'
import { startMock, type Mock } from '@cekura-kit/mock'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { serve } from '../serve.test-helper.ts'
import {
  control,
  createFolder,
  idsOf,
  linesOf,
  readManifest,
  runExport,
} from './export.test-helper.ts'

type Row = Record<string, unknown>
const dayMs = 86_400_000
const startMs = Date.parse('2025-01-01T00:00:00Z')
const quarter = ['--from', '2025-01-01', '--to', '2025-04-01']
const january = ['--from', '2025-01-01', '--to', '2025-02-01']
let mock: Mock
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  const endMs = startMs + 90 * dayMs
  // An API that rejects longer ranges.
  const assumptions = { maxRangeDays: 33 }
  mock = await startMock({ mode: 'sandbox', rows: 300, startMs, endMs, assumptions })
})
afterAll(() => mock.close())
beforeEach(async () => {
  folder = createFolder()
  await mock.reset()
})
afterEach(() => folder[Symbol.dispose]())
const at = (name: string): string => folder.at(name)

/** How many requests an export has running, to a service that answers none before so many are. */
async function countTogether(wanted: number, args: string[]): Promise<number> {
  let [open, highest] = [0, 0]
  const held: (() => void)[] = []
  const answerAll = (turns: number): void => {
    // Requests that are already sent arrive first.
    if (turns > 0) setImmediate(() => answerAll(turns - 1))
    else for (const send of held.splice(0)) send()
  }
  await using service = await serve((_request, response) => {
    open += 1
    highest = Math.max(highest, open)
    held.push(() => {
      open -= 1
      const body = { count: 0, next: null, previous: null, results: [] }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    })
    if (highest >= wanted) answerAll(50)
  })
  const year = ['--from', '2024-01-01', '--to', '2025-01-01', '-o', at(`together-${wanted}`)]
  expect((await runExport(service.url, [...year, ...args])).code).toBe(0)
  return highest
}

test.each([
  ['calls.ndjson.state', 'can be a file of another export'],
  ['calls.csv.manifest.json', 'can be a file of another export'],
  ['calls.csv.quarantine.ndjson', 'can be a file of another export'],
  ['calls.metrics.parquet', 'can be a file of another export'],
])('the output %s is an error, because %s', async (name, why) => {
  const { code, stderr } = await runExport(mock.url, [...january, '-o', at(name)])
  expect(code).toBe(2)
  expect(stderr).toContain(why)
  expect(existsSync(at(name))).toBe(false)
})

test('two Parquet exports of one folder have separate metrics', async () => {
  const args = [...january, '--format', 'parquet']
  const { code, stderr } = await runExport(mock.url, [...args, '-o', at('calls')])
  expect(code).toBe(2)
  expect(stderr).toContain('Parquet needs a name that ends in .parquet')
  expect((await runExport(mock.url, [...args, '-o', at('calls.parquet')])).code).toBe(0)
})

test('two requests run at a time by default', async () => {
  expect(await countTogether(2, [])).toBe(2)
  expect(await countTogether(6, ['--concurrency', '6'])).toBe(6)
})

test('a range in the future is read again when it is past', async () => {
  const args = [...january, '-o', at('a')]
  const during = Date.parse('2025-01-20T12:00:00Z')
  await runExport(mock.url, args, { now: during })
  expect(readManifest(at('a.manifest.json')).to).toBe('2025-02-01T00:00:00.000Z')
  const [first] = linesOf(at('a'))
  const late = { ...first!, id: 77, timestamp: '2025-01-28T09:00:00Z' }
  await control(mock, '/insert', [late])
  const after = { now: Date.parse('2025-02-02T00:00:00Z') }
  expect((await runExport(mock.url, args, after)).stderr).toMatch(/\(refreshed\)\.\n1 new, /)
  expect(idsOf(at('a'))).toContain(77)
  expect((await runExport(mock.url, args, after)).stderr).toContain('(up to date)')
})

test('metrics of a deleted call are not in the metrics table, and stay in the call', async () => {
  const later = { now: startMs + 200 * dayMs }
  const path = at('a.parquet')
  const args = [...january, '-o', path]
  await runExport(mock.url, args, later)
  const read = async (name: string) =>
    (await parquetReadObjects({ file: await asyncBufferFromFile(at(name)) })) as Row[]
  const id = (await read('a.metrics.parquet'))[0]!['call_log_id']
  const rows = async () =>
    (await read('a.metrics.parquet')).filter((metric) => metric['call_log_id'] === id)
  expect((await rows()).length).toBeGreaterThan(0)
  await control(mock, '/delete', [Number(id)])
  await runExport(mock.url, [...args, '--lookback', '300d'], later)
  expect(await rows()).toEqual([])
  const call = (await read('a.parquet')).find((each) => each['id'] === id)!
  expect(call['_deleted_at']).toBeInstanceOf(Date)
  expect(JSON.parse(String(call['metrics']))).not.toEqual([])
})

test.each([1 / 24, 10, 19])(
  'a call whose time is corrected by %d days is not deleted',
  async (days) => {
    const later = { now: startMs + 200 * dayMs }
    for (const rule of ['mark', 'drop']) {
      await mock.reset()
      const args = [...january, '--deleted', rule, '-o', at(`${rule}.ndjson`)]
      await runExport(mock.url, args, later)
      const call = linesOf(at(`${rule}.ndjson`)).findLast(({ timestamp }) =>
        timestamp.startsWith('2025-01-2'),
      )!
      const timestamp = new Date(Date.parse(call.timestamp) - days * dayMs).toISOString()
      const updated_at = new Date(later.now).toISOString()
      await control(mock, '/update', { id: call.id, timestamp, updated_at })
      const { code, stderr } = await runExport(mock.url, [...args, '--lookback', '12d'], later)
      expect(stderr).toContain('1 changed')
      expect(stderr).toContain(' 0 deleted')
      expect(code).toBe(0)
      const moved = linesOf(at(`${rule}.ndjson`)).filter(({ id }) => id === call.id)
      expect(moved).toMatchObject([{ timestamp }])
      expect(moved[0]).not.toHaveProperty('_deleted_at')
    }
  },
)

test('the format follows the extension, and a contradiction is an error', async () => {
  const { code } = await runExport(mock.url, [...january, '-o', at('z.csv')])
  expect(code).toBe(0)
  expect(readFileSync(at('z.csv'), 'utf8')).toMatch(/^id,call_id,/)
  const wrong = await runExport(mock.url, [...january, '--format', 'ndjson', '-o', at('y.csv')])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toMatch(/ends in \.csv, but --format is ndjson\.\nFix: .* --format csv/)
  expect(existsSync(at('y.csv'))).toBe(false)
})

test('personal data is masked by default; --show-pii and --pii keep show it', async () => {
  await runExport(mock.url, [...january, '-o', at('masked')])
  expect(readFileSync(at('masked'), 'utf8')).not.toMatch(/\+1555/)
  for (const flag of [['--show-pii'], ['--pii', 'keep']]) {
    const name = at(flag.join(''))
    await runExport(mock.url, [...january, ...flag, '-o', name])
    expect(readFileSync(name, 'utf8')).toMatch(/\+1555/)
    expect(readManifest(`${name}.manifest.json`).pii).toBe('keep')
  }
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s prints the command that resumes', async (name, code) => {
  const stop = new AbortController()
  await using service = await serve(() => stop.abort(name))
  const args = [...january, '-o', at('a')]
  const result = await runExport(service.url, [...args, '--restart'], { signal: stop.signal })
  expect(result.code).toBe(code)
  expect(result.stderr).toContain(
    `Interrupted; 0 calls saved.\nTo resume: cekura-logs export --agent 2142 ${args.join(' ')}\n`,
  )
})

test('--dry-run shows what a run would read', async () => {
  const later = { now: startMs + 200 * dayMs }
  await runExport(mock.url, [...january, '-o', at('a')], later)
  const plan = async (args: string[]): Promise<string> =>
    (await runExport(mock.url, [...args, '--dry-run', '-o', at('a')], later)).stdout
  expect(await plan(january)).toMatch(/^status: up to date\nrange: .*\noutput: /)
  expect(await plan([...january, '--restart'])).toMatch(/^status: new\n/)
  const longer = await plan(['--from', '2025-01-01', '--to', '2025-02-10'])
  expect(longer).toMatch(
    /^status: extended\nrange: .* to 2025-02-10T00:00:00.000Z\nread: 2025-01-[12]/,
  )
})

test('deleted calls are confirmed within the range limit of the API', async () => {
  const later = { now: startMs + 200 * dayMs }
  await runExport(mock.url, [...quarter, '-o', at('a')], later)
  const ids = idsOf(at('a'))
  const gone = [ids[0]!, ids[150]!, ids.at(-1)!]
  await control(mock, '/delete', gone)
  const again = [...quarter, '--lookback', '300d', '-o', at('a')]
  const { code, stderr } = await runExport(mock.url, again, later)
  expect(stderr).toContain('3 deleted')
  expect(code).toBe(0)
  const marked = linesOf(at('a')).filter((call) => '_deleted_at' in call)
  expect(marked.map(({ id }) => id)).toEqual(gone)
})
