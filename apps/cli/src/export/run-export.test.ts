import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CallLog } from '@cekura-kit/client'
import { DuckDBConnection } from '@duckdb/node-api'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { splitWindow } from './plan-windows.ts'

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))
const rows = 1500
const iso = (time: number): string => new Date(time).toISOString()
let mock: Mock
let folder: string
let range: string[]
let everyId: number[]

beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows })
  const { createClient } = await import('@cekura-kit/client')
  const { callLogs } = createClient({ apiKey: 'k', baseUrl: mock.url })
  const calls = await callLogs.list({ agent_id: 2142, page_size: 100 }).toArray({ limit: rows })
  everyId = calls.map(({ id }) => id).toSorted((a, b) => a - b)
  const times = calls.map(({ timestamp }) => Date.parse(timestamp)).toSorted((a, b) => a - b)
  range = ['--from', iso(times[0]!), '--to', iso(times.at(-1)! + 1000)]
}, 30_000)
afterAll(() => mock.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'))
  await mock.reset()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(args: string[], url = mock.url) {
  const env = { ...process.env, CEKURA_API_KEY: 'canary-key-77', CEKURA_API_URL: url }
  const child = spawn(process.execPath, [bin, 'export', '--agent', '2142', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  return { child, ended }
}
async function requests(): Promise<number> {
  return ((await (await fetch(`${mock.controlUrl}/requests`)).json()) as unknown[]).length
}
const at = (name: string): string => join(folder, name)
const idsOf = (path: string): number[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: number }).id)
const sorted = (ids: number[]): number[] => ids.toSorted((a, b) => a - b)

test('an export holds every call once, and its manifest the hash of the file', async () => {
  const { code, output } = await start([...range, '-o', at('a')]).ended
  expect(output).toMatch(/^1500 calls in \d+ windows/)
  expect(code).toBe(0)
  expect(sorted(idsOf(at('a')))).toEqual(everyId)
  expect(statSync(at('a')).mode & 0o77).toBe(0)
  expect(statSync(at('a.state')).mode & 0o77).toBe(0)
  const { createHash } = await import('node:crypto')
  const manifest = JSON.parse(readFileSync(at('a.manifest.json'), 'utf8')) as {
    calls: number
    files: { sha256: string }[]
  }
  const sha256 = createHash('sha256')
    .update(readFileSync(at('a')))
    .digest('hex')
  expect(manifest).toMatchObject({ calls: rows, files: [{ sha256 }] })
  for (const name of readdirSync(folder))
    expect(readFileSync(at(name)).includes('canary-key')).toBe(false)
})

test.each(['ndjson', 'csv', 'parquet'])(
  'killed again and again, an export of %s ends with the bytes of an undisturbed one',
  async (format) => {
    const whole = await start([...range, '--format', format, '-o', at('whole')]).ended
    expect(whole.code).toBe(0)
    let kills = 0
    for (let windowsMore = 1; ; windowsMore += 12) {
      const { child, ended } = start([...range, '--format', format, '-o', at('killed')])
      const before = await requests()
      // Killed when it has asked for so many windows, wherever it is then.
      while (child.exitCode === null && (await requests()) < before + windowsMore);
      if (child.exitCode === null && child.kill('SIGKILL')) kills += 1
      const { code } = await ended
      if (code === 0) break
    }
    expect(kills).toBeGreaterThan(1)
    expect(readFileSync(at('killed'))).toEqual(readFileSync(at('whole')))
  },
  60_000,
)

test('Parquet read by DuckDB holds what NDJSON holds, and a row for each metric', async () => {
  expect((await start([...range, '-o', at('a')]).ended).code).toBe(0)
  const parquet = await start([...range, '--format', 'parquet', '-o', at('a.parquet')]).ended
  expect(parquet.output).toMatch(/^1500 calls/)
  const connection = await DuckDBConnection.create()
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  const calls = await ask(
    `SELECT id::INT AS id, call_id, epoch_ms(timestamp)::DOUBLE AS time, success, duration, customer_number,
      metrics::VARCHAR AS metrics FROM read_parquet('${at('a.parquet')}')`,
  )
  const lines = readFileSync(at('a'), 'utf8').trimEnd().split('\n')
  const wanted = lines.map((line) => JSON.parse(line) as CallLog)
  expect(calls).toEqual(
    wanted.map(({ id, call_id, timestamp, success, duration, customer_number, metrics }) => ({
      id,
      call_id,
      time: Date.parse(timestamp),
      success,
      duration,
      customer_number,
      metrics: JSON.stringify(metrics),
    })),
  )
  const metrics = await ask(
    `SELECT count(*)::INT AS n FROM read_parquet('${at('a.metrics.parquet')}')`,
  )
  expect(metrics).toEqual([{ n: wanted.flatMap((call) => call.metrics).length }])
  connection.closeSync()
})

test('SQL over an export sees calls and metrics, and no other file', async () => {
  for (const name of ['a.ndjson', 'a.csv', 'a.parquet']) {
    const format = name.slice(2)
    await start([...range, '--format', format, '-o', at(name)]).ended
    const asked = await capture([
      'sql',
      at(name),
      'SELECT count(*)::INT AS n, count(DISTINCT id)::INT AS ids FROM calls',
    ])
    expect(asked).toEqual({ code: 0, stdout: '{"n":1500,"ids":1500}\n', stderr: '' })
  }
  const scores = await capture([
    'sql',
    at('a.parquet'),
    'SELECT count(*) > 1000 AS many FROM metrics',
  ])
  expect(scores.stdout).toBe('{"many":true}\n')
  const other = await capture(['sql', at('a.parquet'), `SELECT * FROM read_csv('${at('a.csv')}')`])
  expect(other).toMatchObject({ code: 2, stdout: '' })
  expect(other.stderr).toContain('disabled')
})

test('a later end adds what is new and reads again what may have changed', async () => {
  const [, from, , to] = range as [string, string, string, string]
  const middle = new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString()
  const first = await start(['--from', from, '--to', middle, '-o', at('a')]).ended
  expect(first.code).toBe(0)
  expect(idsOf(at('a')).length).toBeLessThan(rows)
  const second = await start([...range, '-o', at('a')]).ended
  expect(second.output).toContain('Extended.')
  expect(sorted(idsOf(at('a')))).toEqual(everyId)
})

async function control(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${mock.controlUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

test('calls that come and go during an export do not push others out', async () => {
  const { child, ended } = start([...range, '-o', at('a')])
  const gone: number[] = []
  const added: number[] = []
  for (let n = 0; child.exitCode === null; n++) {
    const target = everyId[(n * 7) % 700]!
    if (!gone.includes(target)) {
      gone.push(target)
      await control('/delete', [target])
    }
    added.push(9_000_000 + n)
    await control('/insert', [{ id: 9_000_000 + n, timestamp: range[1] }])
  }
  expect((await ended).code).toBe(0)
  expect(added.length).toBeGreaterThan(5)
  const found = idsOf(at('a'))
  expect(new Set(found).size).toBe(found.length)
  const throughout = everyId.filter((id) => !gone.includes(id))
  expect(throughout.filter((id) => !found.includes(id))).toEqual([])
})

test('a service that is down stops the export with exit code 5, and the same command goes on', async () => {
  const { child, ended } = start([...range, '-o', at('a')])
  while ((await requests()) < 8);
  await control(
    '/faults',
    Array.from({ length: 40 }, () => ({ status: 503 })),
  )
  const { code, output } = await ended
  expect(child.exitCode).toBe(5)
  expect(code).toBe(5)
  expect(output).toContain('What was read is kept\nFix: cekura-logs export')
  await control('/faults', [])
  expect((await start([...range, '-o', at('a')]).ended).code).toBe(0)
  expect(sorted(idsOf(at('a')))).toEqual(everyId)
}, 30_000)

test('a second run at the same time is refused with exit code 7', async () => {
  const { openLedger } = await import('./ledger.ts')
  using _held = openLedger(at('a.state'))
  const { code, output } = await start([...range, '-o', at('a')]).ended
  expect(output).toContain('another run is writing')
  expect(code).toBe(7)
})

test('a state of other arguments is refused with exit code 7', async () => {
  await start([...range, '-o', at('a')]).ended
  const { code, output } = await start([...range, '--pii', 'drop', '-o', at('a')]).ended
  expect(output).toContain('was begun with pii keep, and this run has drop')
  expect(code).toBe(7)
})

test('a file that no export has written is left alone', async () => {
  writeFileSync(at('a'), 'mine')
  const { code } = await start([...range, '-o', at('a')]).ended
  expect(code).toBe(7)
  expect(readFileSync(at('a'), 'utf8')).toBe('mine')
})

test('a service that ignores the time filter is found out, and nothing is written', async () => {
  await using still = await startMock({ mode: 'static' })
  const { code, output } = await start([...range, '-o', at('a')], still.url).ended
  expect(output).toContain('ignores the time filter')
  expect(code).toBe(1)
  expect(readdirSync(folder)).toEqual(['a.state'])
})

test('Ctrl-C keeps what was read and prints the command that goes on', async () => {
  const { child, ended } = start([...range, '-o', at('a')])
  while ((await requests()) < 8);
  child.kill('SIGINT')
  const { code, output } = await ended
  expect(output).toContain(`To go on: cekura-logs export --agent 2142 --from`)
  expect(code).toBe(130)
  expect((await start([...range, '-o', at('a')]).ended).output).toContain('Resumed.')
  expect(sorted(idsOf(at('a')))).toEqual(everyId)
})

test('phone numbers and feedback can be left out of files and state', async () => {
  await start([...range, '--pii', 'drop', '-o', at('a')]).ended
  expect(readFileSync(at('a.state')).includes('+1555')).toBe(false)
  expect(readFileSync(at('a'), 'utf8')).not.toMatch(/\+1555|"feedback":"[^"]/)
})

test('a window is split without a hole, into two at least, and not below a second', () => {
  expect(splitWindow({ start: 0, end: 10_000 }, 0)).toEqual([
    { start: 0, end: 5000 },
    { start: 5000, end: 10_000 },
  ])
  const parts = splitWindow({ start: 7, end: 86_400_007 }, 1000)
  expect(parts.map(({ end }) => end).slice(0, -1)).toEqual(parts.map(({ start: s }) => s).slice(1))
  expect(splitWindow({ start: 0, end: 1999 }, 500)).toEqual([])
})
