// What was written is read by readers that are not ours.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DuckDBConnection, DuckDBTimestampTZValue } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFolder, readManifest, runExport } from '../export.test-helper.ts'

const large = Number.MAX_SAFE_INTEGER
const time = '2025-01-15T09:30:00.123456Z'
const row = (id: string, fields: string): string =>
  `{"id":${id},"call_id":"c","timestamp":"${time}","status":"success",${fields}}`
const texts = {
  newline: 'one\r\ntwo\nthree',
  quotes: 'say "a", b; c\\d',
  unicode: 'Öffnungszeiten 配送 👩‍👩‍👧 \u202eabc',
  formula: '=HYPERLINK("http://x.invalid")',
  control: 'a\u001b[31mb\u0000c\u007f\u009b',
  empty: '',
}
const rows = [
  ...Object.values(texts).map((topic, at) =>
    row(String(at + 1), `"topic":${JSON.stringify(topic)}`),
  ),
  row('10', '"success":null,"duration":"71:05","agent":null,"error_message":null'),
  row(
    String(large),
    '"agent":2142,"metrics":[{"id":7,"name":"m","type":"numeric","score":0.5}],"trace":"t"',
  ),
  row('11', '"duration":"soon","success":true,"later_field":{"a":[1,null]}'),
]

let server: Server
let url: string
let extra: string[] = []
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://localhost').searchParams
    const isInside = query.get('timestamp_from')! <= time && query.get('timestamp_to')! >= time
    const results = isInside ? [...rows, ...extra].join(',') : ''
    response
      .setHeader('content-type', 'application/json')
      .end(`{"count":0,"next":null,"previous":null,"results":[${results}]}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  folder = createFolder()
  extra = []
})
afterEach(() => folder[Symbol.dispose]())

const run = (format: string) =>
  runExport(url, [
    '--from',
    '2025-01-15',
    '--to',
    '2025-01-16',
    '--format',
    format,
    '-o',
    folder.at(`a.${format}`),
  ])

test('NDJSON, line by line: each object as the API sent it', async () => {
  expect((await run('ndjson')).code).toBe(0)
  const lines = readFileSync(folder.at('a.ndjson'), 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    rows.map((text) => JSON.parse(text) as { id: number }).toSorted((a, b) => a.id - b.id),
  )
})

test('CSV, by a parser of the standard: rows, nulls, newlines, and no formula', async () => {
  expect((await run('csv')).code).toBe(0)
  const parsed = parse<Record<string, string>>(readFileSync(folder.at('a.csv')), { columns: true })
  const by = new Map(parsed.map((one) => [one['id'], one]))
  expect([...by.keys()]).toEqual(['1', '2', '3', '4', '5', '6', '10', '11', String(large)])
  for (const [at, text] of Object.values(texts).entries())
    expect(by.get(String(at + 1))!['topic']).toBe(text === texts.formula ? `'${text}` : text)
  expect(by.get('10')).toMatchObject({ success: '', duration: '71:05', agent: '', metrics: '' })
  expect(by.get(String(large))!['metrics']).toContain('"id":7')
  expect(by.get('11')!['extra']).toBe('{"later_field":{"a":[1,null]}}')
})

test('Parquet, by DuckDB: types, nulls, texts and microseconds', async () => {
  expect((await run('parquet')).code).toBe(0)
  const connection = await DuckDBConnection.create()
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  const calls = `read_parquet('${folder.at('a.parquet')}')`
  const types = await ask(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE FROM ${calls})`,
  )
  expect(Object.fromEntries(types.map(({ name, type }) => [name, type]))).toMatchObject({
    id: 'BIGINT',
    timestamp: 'TIMESTAMP WITH TIME ZONE',
    duration_seconds: 'INTEGER',
    success: 'BOOLEAN',
    metrics: 'VARCHAR',
    _deleted_at: 'TIMESTAMP WITH TIME ZONE',
  })
  const topics = await ask(`SELECT topic FROM ${calls} WHERE id < 7 ORDER BY id`)
  expect(topics.map(({ topic }) => topic)).toEqual(Object.values(texts))
  const others = await ask(
    `SELECT id, success, duration_seconds, agent, epoch_us(timestamp) AS time, metrics->>'$[0].id' AS metric,
      extra->>'$.trace' AS trace FROM ${calls} WHERE id > 7 ORDER BY id`,
  )
  const nothing = { success: null, duration_seconds: null, agent: null, metric: null, trace: null }
  const micros = String(BigInt(Date.parse(time)) * 1000n + 456n)
  expect(others).toEqual([
    { ...nothing, id: '10', time: micros, duration_seconds: 4265 },
    { ...nothing, id: '11', time: micros, success: true },
    {
      ...nothing,
      id: String(large),
      time: micros,
      agent: '2142',
      metric: '7',
      trace: 't',
    },
  ])
  const metrics = await ask(`SELECT * FROM read_parquet('${folder.at('a.metrics.parquet')}')`)
  expect(metrics).toMatchObject([
    { call_log_id: String(large), metric_id: '7', name: 'm', score: 0.5, enum: null },
  ])
  const [version] = await ask(
    `SELECT decode(value) AS value FROM parquet_kv_metadata('${folder.at('a.parquet')}')
      WHERE decode(key) = 'cekura_logs.schema_version'`,
  )
  expect(version).toEqual({ value: '1' })
  connection.closeSync()
})

// Both have dates in their own way; in microseconds DuckDB has more than the other.
const plain = (value: unknown): unknown =>
  value instanceof Date
    ? value.getTime()
    : value instanceof DuckDBTimestampTZValue
      ? Number(value.micros / 1000n)
      : value

test('Parquet: more calls than are written at a time, each once', async () => {
  extra = Array.from({ length: 11_000 }, (_, at) => row(String(1000 + at), '"topic":"t"'))
  expect((await run('parquet')).code).toBe(0)
  const connection = await DuckDBConnection.create()
  const found = await connection.runAndReadAll(
    `SELECT count(*) AS n, count(DISTINCT id) AS ids FROM read_parquet('${folder.at('a.parquet')}')`,
  )
  const n = BigInt(rows.length + extra.length)
  expect(found.getRowObjects()).toEqual([{ n, ids: n }])
})

test('Parquet, by hyparquet too: what DuckDB reads, row for row', async () => {
  expect((await run('parquet')).code).toBe(0)
  const connection = await DuckDBConnection.create()
  for (const [path, order] of [
    [folder.at('a.parquet'), 'id'],
    [folder.at('a.metrics.parquet'), 'call_log_id'],
  ] as const) {
    const read = await parquetReadObjects({ file: await asyncBufferFromFile(path) })
    const asked = await connection.runAndReadAll(
      `SELECT * FROM read_parquet('${path}') ORDER BY ${order}`,
    )
    const rowsOf = (rows: readonly Record<string, unknown>[]) =>
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      )
    expect(read.length).toBeGreaterThan(0)
    expect(rowsOf(read)).toEqual(rowsOf(asked.getRowObjects()))
  }
  connection.closeSync()
})

test('a call that cannot be processed goes into quarantine, the others are exported', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  extra = [
    '{"id":"x","timestamp":"2025-01-15T09:30:00Z"}',
    '{"id":12,"timestamp":"soon"}',
    row('13', `"later_field":${deep}`),
  ]
  const { code, stderr } = await run('ndjson')
  expect(stderr).toContain('Skipped 3 invalid rows; saved to the quarantine file.')
  expect(code).toBe(6)
  const kept = readFileSync(folder.at('a.ndjson.quarantine.ndjson'), 'utf8').trimEnd().split('\n')
  expect(kept.map((line) => JSON.parse(line) as unknown)).toEqual([
    { reason: 'id is not a safe integer', row: { id: 'x', timestamp: '2025-01-15T09:30:00Z' } },
    { reason: 'timestamp is not a time', row: { id: 12, timestamp: 'soon' } },
    { reason: 'Maximum call stack size exceeded', row: { id: 13 } },
  ])
  expect(readManifest(folder.at('a.ndjson.manifest.json'))).toMatchObject({
    calls: rows.length,
    quarantined: 3,
  })
})
