import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { call, serve } from '../serve.test-helper.ts'

// cspell:ignore SELEC

const folder = mkdtempSync(join(tmpdir(), 'sql-'))
const at = (name: string): string => join(folder, name)
const exported = ['a.ndjson', 'a.csv', 'a.parquet', 'ndjson', 'csv', 'parquet']

let mock: Awaited<ReturnType<typeof startMock>>
const run = (args: string[], options = {}) =>
  capture(args, { env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url }, ...options })
const ask = (name: string, query: string, ...more: string[]) =>
  run(['sql', at(name), query, ...more])

/** A file of each format, and a folder of each by day. */
async function exportAll(range: string[], prefix = ''): Promise<void> {
  for (const name of exported) {
    const format = name.replace('a.', '')
    const layout = name === format ? ['--partition', 'day'] : []
    const line = ['export', '--agent', '2142', ...range, '--format', format, ...layout, '-q']
    expect(await run([...line, '-o', at(`${prefix}${name}`)])).toMatchObject({ code: 0 })
  }
}

beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 200 })
  await exportAll(['--from', '2025-01-01', '--to', '2025-02-01'])
  await exportAll(['--from', '2020-01-01', '--to', '2020-01-03'], 'none-')
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await mock.close()
})

test('each format and layout has the same calls, with the same types', async () => {
  const query = `SELECT id, timestamp, duration_seconds, success, customer_number, metrics,
      typeof(id) AS a, typeof(timestamp) AS b, typeof(success) AS c, typeof(error_message) AS d,
      typeof(metrics) AS e, typeof(_deleted_at) AS f, typeof(customer_number) AS g
    FROM calls ORDER BY timestamp, id`
  const [first, ...others] = await Promise.all(exported.map((name) => ask(name, query)))
  expect(first!.stderr).toBe('')
  const [call] = first!.stdout.split('\n').map((line) => line && (JSON.parse(line) as object))
  expect(call).toMatchObject({
    id: expect.any(Number) as number,
    customer_number: expect.stringMatching(/^\+\d+$/) as string,
    a: 'BIGINT',
    b: 'TIMESTAMP WITH TIME ZONE',
    c: 'BOOLEAN',
    d: 'VARCHAR',
    e: 'JSON',
    f: 'TIMESTAMP WITH TIME ZONE',
    g: 'VARCHAR',
  })
  for (const { stdout } of others) expect(stdout).toBe(first!.stdout)
})

test('each format and layout has the same metrics, a row each', async () => {
  const query = `SELECT call_log_id, timestamp, metric_id, name, type, score, enum, value FROM metrics
    ORDER BY call_log_id, metric_id`
  const [first, ...others] = await Promise.all(exported.map((name) => ask(name, query)))
  expect(first!.stdout).toMatch(/"name":"CSAT","type":"numeric","score":\d/)
  for (const { stdout } of others) expect(stdout).toBe(first!.stdout)
})

test('an export without calls has its columns still', async () => {
  for (const name of exported) {
    const calls = await ask(`none-${name}`, 'SELECT status, count(id) FROM calls GROUP BY 1')
    expect(calls).toEqual({ code: 0, stdout: '', stderr: '' })
    const metrics = await ask(`none-${name}`, 'SELECT count(*) AS n, avg(score) AS a FROM metrics')
    expect(metrics.stdout).toBe('{"n":0,"a":null}\n')
  }
})

/** What a query over an export of these calls gives, in each format. */
async function askEach(calls: readonly object[], query: string): Promise<unknown[][]> {
  const results = calls.map((each, index) => ({
    ...call(index + 1),
    timestamp: '2025-01-15T00:00:00Z',
    ...each,
  }))
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const isInside =
      query.get('timestamp_from')! <= '2025-01-15' && query.get('timestamp_to')! >= '2025-01-15T00'
    const page = { count: 0, next: null, previous: null, results: isInside ? results : [] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
  })
  const line = ['export', '--agent', '1', '--from', '2025-01-01', '--to', '2025-02-01', '-q']
  const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: service.url }
  const answers: unknown[][] = []
  for (const format of ['ndjson', 'csv', 'parquet']) {
    const path = at(`own.${format}`)
    const { code } = await capture([...line, '--restart', '--format', format, '-o', path], { env })
    expect(code).toBe(0)
    const { stdout, stderr } = await ask(`own.${format}`, query)
    expect(stderr).toBe('')
    const lines = stdout.trimEnd().split('\n')
    answers.push(lines.map((text) => Object.values(JSON.parse(text) as object)[0]))
  }
  return answers
}

test('a length is seconds, also of hours, and nothing when it is none or too long to be one', async () => {
  const durations = ['01:10', '71:05', '1:02:03', 'soon', '99999999:00', null]
  const calls = durations.map((duration) => ({ duration }))
  const query = 'SELECT duration_seconds FROM calls ORDER BY id'
  for (const answer of await askEach(calls, query))
    expect(answer).toEqual([70, 4265, 3723, null, null, null])
})

test('no text is too long or too odd for any format', async () => {
  const texts = [
    'one\r\ntwo\nthree',
    'say "a", b; c\\d',
    '"',
    ';;;;|||\t\t',
    "it's 'quoted'",
    '  blanks  ',
    'Öffnungszeiten 配送 👩‍👩‍👧 \u202eabc',
    '#comment',
    'NULL',
    'x'.repeat(3_000_000),
  ]
  const calls = texts.map((topic) => ({ topic }))
  for (const answer of await askEach(calls, 'SELECT topic FROM calls ORDER BY id')) {
    const read = answer as string[]
    expect(read.map((text) => text.slice(0, 80))).toEqual(texts.map((text) => text.slice(0, 80)))
    expect(read.at(-1)!.length).toBe(3_000_000)
  }
})

test.each(exported)(
  'what is interrupted prints no part of the figures for all of them: %s',
  async (name) => {
    const stop = new AbortController()
    stop.abort('SIGINT')
    for (const args of [
      ['stats', at(name)],
      ['stats', at(name), '--format', 'table'],
      ['sql', at(name), 'SELECT * FROM calls', '--format', 'table'],
      ['sql', at(name), 'SELECT * FROM calls', '--json'],
    ])
      expect(await run(args, { signal: stop.signal })).toEqual({
        code: 130,
        stdout: '',
        stderr: '',
      })
  },
)

test('the folders of an export by day are columns, also when it found no calls', async () => {
  const query = 'SELECT typeof(dt) AS dt, max(agent_id) AS agent FROM calls GROUP BY 1'
  for (const name of ['ndjson', 'csv', 'parquet']) {
    expect((await ask(name, query)).stdout).toBe('{"dt":"DATE","agent":2142}\n')
    expect((await ask(`none-${name}`, query)).code).toBe(0)
  }
})

test('a field that is in few calls is a column of NDJSON', async () => {
  const lines = Array.from({ length: 30_000 }, (_, id) => `{"id":${id}}`)
  writeFileSync(at('late.ndjson'), [...lines, '{"id":7,"later_field":{"a":[1]}}', ''].join('\n'))
  const { stdout } = await ask(
    'late.ndjson',
    'SELECT later_field FROM calls WHERE later_field IS NOT NULL',
  )
  expect(stdout).toBe('{"later_field":{"a":[1]}}\n')
})

test('fields whose names differ in capitals alone hinder no query; names may be odd', async () => {
  const call = { id: 1, Topic: 'b', topic: 'a', more: 1, MORE: 2, 'we"ird one': 3 }
  writeFileSync(at('capitals.ndjson'), `${JSON.stringify(call)}\n`)
  const { stdout, stderr } = await ask(
    'capitals.ndjson',
    'SELECT id, topic, more, "we""ird one" AS odd FROM calls',
  )
  expect({ stdout, stderr }).toEqual({
    stdout: '{"id":1,"topic":"a","more":1,"odd":3}\n',
    stderr: '',
  })
})

test('an instant is shown in UTC, whatever the zone of the machine', async () => {
  const query = "SELECT TIMESTAMPTZ '2025-01-01T00:00:00Z' AS t, current_setting('TimeZone') AS z"
  expect((await ask('a.ndjson', query)).stdout).toBe('{"t":"2025-01-01 00:00:00+00","z":"UTC"}\n')
})

test('a number is a number, however long it is', async () => {
  const query =
    'SELECT 9007199254740993 AS i, [1::BIGINT] AS l, 1.50::DECIMAL(5,2) AS d, 0.1::DOUBLE AS f'
  const want = '{"i":9007199254740993,"l":[1],"d":1.50,"f":0.1}'
  expect((await ask('a.ndjson', query)).stdout).toBe(`${want}\n`)
  expect((await ask('a.ndjson', query, '--format', 'json')).stdout).toContain(`"rows":[${want}]`)
  expect((await ask('a.ndjson', query, '--format', 'csv')).stdout).toBe(
    'i,l,d,f\r\n9007199254740993,[1],1.50,0.1\r\n',
  )
})

test.each([
  { query: 'DROP TABLE calls', want: 'DROP' },
  { query: 'INSERT INTO calls SELECT * FROM calls', want: 'INSERT' },
  { query: "UPDATE calls SET topic = ''", want: 'UPDATE' },
  { query: "COPY calls TO '/tmp/calls.csv'", want: 'disabled' },
  { query: 'SELECT 1; SELECT 2', want: 'there are 2 queries' },
  { query: 'SELECT 1; PIVOT calls ON status', want: 'there are 2 queries' },
  { query: 'DROP TABLE calls -- no pivot', want: 'DROP' },
  { query: "DELETE FROM calls WHERE topic = 'pivot'", want: 'DELETE' },
  { query: 'CREATE TABLE pivot AS SELECT 1', want: 'CREATE' },
  { query: '', want: 'give a path and one query' },
  { query: ' -- nothing', want: 'there is no query' },
])('"$query" is refused: sql asks one question and changes nothing', async ({ query, want }) => {
  const { code, stdout, stderr } = await ask('a.ndjson', query)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(want)
  expect(stderr).toMatch(/\nFix: cekura-logs sql .*'\n$/)
})

test('what only asks is no write', async () => {
  for (const query of [
    'DESCRIBE calls',
    'SUMMARIZE calls',
    'SHOW TABLES',
    'EXPLAIN SELECT 1',
    "SELECT ';' AS a, $$;$$ AS b -- ; nothing",
    'SELECT 1;',
    'PIVOT calls ON status USING count(*) GROUP BY topic',
  ]) {
    const { code, stdout, stderr } = await ask('a.ndjson', query)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^\{"/)
  }
})

test('a query that is wrong is told with the mark under the place, and what there is', async () => {
  const { code, stderr } = await ask('a.ndjson', 'SELECT nope FROM calls')
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /"nope" not found[^]*\nLINE 1: SELECT nope FROM calls\n {15}\^\nFix: cekura-logs sql \S+a\.ndjson 'DESCRIBE calls'\n$/,
  )
  const { stderr: shown } = await run(['sql', at('a.ndjson'), 'SELECT nope FROM calls'], {
    isTTY: true,
    columns: 80,
  })
  expect(shown).toMatch(/\n {15}\^\n/)
})

test.each([
  ['SELEC 1', 'Parser Error: syntax error at or near "SELEC"'],
  ["SELECT max(timestamp) last, '", 'Parser Error: '],
  ['SELECT * FROM nowhere', 'Catalog Error: Table with name nowhere does not exist'],
  ["SELECT topic::INT FROM calls WHERE topic <> ''", 'Conversion Error: Could not convert string'],
  ['SELECT $1', 'Invalid Input Error: '],
])('the query %s is wrong in the words of DuckDB, and no fault of ours', async (query, want) => {
  for (const format of ['ndjson', 'table']) {
    const { code, stderr } = await ask('a.ndjson', query, '--format', format)
    expect(code).toBe(2)
    expect(stderr).toContain(`Cannot run SQL: ${want}`)
    expect(stderr).toMatch(/\nFix: cekura-logs sql .*'\n$/)
  }
})

test('a file that is no export is told as one, in one sentence', async () => {
  for (const name of ['text.ndjson', 'text.csv', 'text.parquet', 'text']) {
    writeFileSync(at(name), 'no export\n"')
    const { code, stdout, stderr } = await ask(name, 'SELECT count(id) FROM calls')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^Cannot run SQL: "[^"\n]+" cannot be read: [^\n]+\nFix: [^\n]+\n$/)
  }
})

test('the manifest says what the format of a file without an ending is', async () => {
  const line = ['export', '--agent', '2142', '--from', '2025-01-01', '--to', '2025-01-03', '-q']
  await run([...line, '--format', 'csv', '-o', at('january')])
  const { stdout } = await ask('january', 'SELECT count(*) > 0 AS some FROM calls')
  expect(stdout).toBe('{"some":true}\n')
  expect((await run(['stats', at('january')])).code).toBe(0)
})
