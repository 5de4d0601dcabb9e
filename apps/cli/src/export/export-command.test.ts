import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { serve } from '../serve.test-helper.ts'
import {
  control,
  createFolder,
  idsOf,
  linesOf,
  readManifest,
  runExport,
} from './export.test-helper.ts'

const dayMs = 86_400_000
const startMs = Date.parse('2025-01-01T00:00:00Z')
const quarter = ['--from', '2025-01-01', '--to', '2025-04-01']
const january = ['--from', '2025-01-01', '--to', '2025-02-01']
let mock: Mock
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  const endMs = startMs + 90 * dayMs
  // A service that refuses what is longer, as this one may.
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

/** How many requests an export has under way, to a service that answers none before so many are. */
async function countTogether(wanted: number, args: string[]): Promise<number> {
  let [open, highest] = [0, 0]
  const held: (() => void)[] = []
  const answerAll = (turns: number): void => {
    // Whoever else is on the way comes in the meantime.
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

test('two requests are under way at a time, unless more are asked for', async () => {
  expect(await countTogether(2, [])).toBe(2)
  expect(await countTogether(6, ['--concurrency', '6'])).toBe(6)
})

test('a range that was still to come is read again by the same command, when it has come', async () => {
  const args = [...january, '-o', at('a')]
  const during = Date.parse('2025-01-20T12:00:00Z')
  await runExport(mock.url, args, { now: during })
  const read = () => readManifest(at('a.manifest.json')).read
  const open = read().filter((stretch) => stretch.open)
  expect(open.at(-1)!.to).toBe('2025-02-01T00:00:00.000Z')
  expect(Date.parse(open[0]!.to)).toBeGreaterThan(during - 600_000)
  const [first] = linesOf(at('a'))
  const late = { ...first!, id: 77, timestamp: '2025-01-28T09:00:00Z' }
  await control(mock, '/insert', [late])
  const after = { now: Date.parse('2025-02-02T00:00:00Z') }
  expect((await runExport(mock.url, args, after)).stderr).toMatch(/Read again\.\n1 new, /)
  expect(idsOf(at('a'))).toContain(77)
  expect(read().every((stretch) => stretch.open === undefined)).toBe(true)
  expect((await runExport(mock.url, args, after)).stderr).toContain('Nothing new.')
})

test.each(['ndjson', 'csv', 'parquet'])(
  'metrics of a call that is gone are in no chart, and in %s the call has them still',
  async (format) => {
    const later = { now: startMs + 200 * dayMs }
    const path = at(`a.${format}`)
    const args = [...january, '--format', format, '-o', path]
    await runExport(mock.url, args, later)
    const ask = async (query: string): Promise<unknown> =>
      Object.values(JSON.parse((await capture(['sql', path, query])).stdout) as object)[0]
    const id = await ask('SELECT call_log_id FROM metrics ORDER BY 1 LIMIT 1')
    const count = `SELECT count(*) FROM metrics WHERE call_log_id = ${id}`
    expect(await ask(count)).toBeGreaterThan(0)
    await control(mock, '/delete', [id])
    await runExport(mock.url, [...args, '--lookback', '300d'], later)
    expect(await ask(count)).toBe(0)
    expect(await ask(`SELECT json_array_length(metrics) > 0 FROM calls WHERE id = ${id}`)).toBe(
      true,
    )
  },
)

test('a day whose calls are all gone has no file and no folder any more', async () => {
  const later = { now: startMs + 200 * dayMs }
  const args = [...january, '--partition', 'day', '--format', 'parquet', '--gone', 'drop']
  const lake = [...args, '-o', at('lake')]
  await runExport(mock.url, lake, later)
  await runExport(mock.url, [...january, '-o', at('a')], later)
  const day = '2025-01-10'
  const calls = linesOf(at('a')).filter(({ timestamp }) => timestamp.startsWith(day))
  expect(calls.length).toBeGreaterThan(0)
  await control(
    mock,
    '/delete',
    calls.map(({ id }) => id),
  )
  expect((await runExport(mock.url, [...lake, '--lookback', '300d'], later)).code).toBe(0)
  for (const table of ['call_logs', 'metrics']) {
    const days = readdirSync(at(`lake/${table}/agent_id=2142`))
    expect(days).toContain('dt=2025-01-09')
    expect(days).not.toContain(`dt=${day}`)
  }
  const { files } = readManifest(at('lake/call_logs/agent_id=2142/_manifest.json'))
  expect(files.filter((file) => file.day === day)).toEqual([])
})

test('a row that can be read after all leaves the quarantine, and its file is gone', async () => {
  let timestamp = 'soon'
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const isInside =
      query.get('timestamp_from')! <= '2025-01-15' && query.get('timestamp_to')! >= '2025-01-15T00'
    const row = { id: 7, call_id: 'c', status: 'success', timestamp }
    const body = { count: 0, next: null, previous: null, results: isInside ? [row] : [] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const args = [...january, '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('1 row without an id or a time that can be read')
  expect(code).toBe(6)
  expect(readFileSync(at('a.quarantine.ndjson'), 'utf8')).toContain(
    '"reason":"timestamp is no instant"',
  )
  // A warning is no event, and the last event says it.
  const events = await runExport(service.url, [
    ...args,
    '--lookback',
    '3000d',
    '--progress',
    'json',
  ])
  expect(events.code).toBe(6)
  const last = events.stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
    .at(-1)
  expect(last).toMatchObject({ event: 'complete', quarantined: 1 })
  timestamp = '2025-01-15T00:00:00Z'
  expect((await runExport(service.url, [...args, '--lookback', '3000d'])).code).toBe(0)
  expect(idsOf(at('a'))).toEqual([7])
  expect(existsSync(at('a.quarantine.ndjson'))).toBe(false)
})

test('a second whose further pages are gone whenever they are asked for is not taken for whole', async () => {
  const time = Date.parse('2025-01-10T12:00:00.500Z')
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const [from, to] = ['timestamp_from', 'timestamp_to'].map((name) =>
      Date.parse(query.get(name)!),
    )
    response.setHeader('content-type', 'application/json')
    if (query.get('page') === '2') {
      response.writeHead(404).end('{"detail":"Invalid page."}')
      return
    }
    const rows = [1, 2].map((id) => ({
      id,
      call_id: 'c',
      timestamp: '2025-01-10T12:00:00.500Z',
      status: 'success',
    }))
    const isInside = from! <= time && to! >= time
    const next = isInside ? 'http://x/?page=2' : null
    const results = isInside ? rows : []
    response.end(JSON.stringify({ count: 4, next, previous: null, results }))
  })
  const args = ['--from', '2025-01-10', '--to', '2025-01-11', '--page-size', '2', '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('1 window of a second changed while being read')
  expect(code).toBe(6)
  expect(idsOf(at('a'))).toEqual([1, 2])
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s is told to a program as an event, with the command that goes on',
  async (name, code) => {
    const stop = new AbortController()
    await using service = await serve(() => stop.abort(name))
    const args = [...january, '--progress', 'json', '-o', at('a')]
    const result = await runExport(service.url, [...args, '--restart'], { signal: stop.signal })
    expect(result.code).toBe(code)
    const last = result.stderr.trimEnd().split('\n').at(-1)!
    expect(JSON.parse(last)).toEqual({
      event: 'error',
      code: 'interrupted',
      message: 'Interrupted; what was read is kept.',
      fix: `cekura-logs export --agent 2142 ${args.join(' ')}`,
      request_id: null,
      exit_code: code,
    })
  },
)

test('--dry-run says what a run would read beyond what is there', async () => {
  const later = { now: startMs + 200 * dayMs }
  await runExport(mock.url, [...january, '-o', at('a')], later)
  const plan = async (args: string[]): Promise<string> =>
    (await runExport(mock.url, [...args, '--dry-run', '-o', at('a')], later)).stdout
  expect(await plan(january)).toMatch(/^begins: unchanged\n[^]*\ncalls: about 0,/)
  expect(await plan([...january, '--restart'])).toMatch(/^begins: new\n/)
  const longer = await plan(['--from', '2025-01-01', '--to', '2025-02-10'])
  expect(longer).toMatch(
    /^begins: extended\nrange: .* to 2025-02-10T00:00:00.000Z\nreads: 2025-01-2/,
  )
})

test('calls that are gone are asked for by their ids within what the service lets be asked for', async () => {
  const later = { now: startMs + 200 * dayMs }
  await runExport(mock.url, [...quarter, '-o', at('a')], later)
  const ids = idsOf(at('a'))
  const gone = [ids[0]!, ids[150]!, ids.at(-1)!]
  await control(mock, '/delete', gone)
  const again = [...quarter, '--lookback', '300d', '-o', at('a')]
  const { code, stderr } = await runExport(mock.url, again, later)
  expect(stderr).toContain('3 gone')
  expect(code).toBe(0)
  const marked = linesOf(at('a')).filter((call) => '_deleted_at' in call)
  expect(marked.map(({ id }) => id)).toEqual(gone)
})

test('a second that holds more than a page and never keeps still ends with 6, and is read again', async () => {
  const time = Date.parse('2025-01-10T12:00:00.500Z')
  let isStill = false
  let shift = 0
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size'))]
    const [from, to] = ['timestamp_from', 'timestamp_to'].map((name) =>
      Date.parse(query.get(name)!),
    )
    // Each walk meets another set of calls.
    if (page === 1 && !isStill) shift += 1
    const all = Array.from({ length: 5 }, (_, index) => ({
      id: shift + index,
      call_id: 'c',
      timestamp: '2025-01-10T12:00:00.500Z',
      status: 'success',
    })).filter(() => from! <= time && to! >= time)
    const results = all.slice((page - 1) * size, page * size)
    const next = page * size < all.length ? `http://x/?page=${page + 1}` : null
    const body = { count: all.length, next, previous: null, results }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const args = ['--from', '2025-01-10', '--to', '2025-01-11', '--page-size', '2', '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('1 window of a second changed while being read; the manifest names them')
  expect(code).toBe(6)
  const unstable = () => readManifest(at('a.manifest.json')).read.filter((each) => each.unstable)
  expect(unstable()).toMatchObject([
    { from: '2025-01-10T12:00:00.000Z', to: '2025-01-10T12:00:01.000Z' },
  ])
  isStill = true
  expect((await runExport(service.url, args)).code).toBe(0)
  expect(unstable()).toEqual([])
  expect(idsOf(at('a'))).toEqual(expect.arrayContaining([shift, shift + 4]))
})
