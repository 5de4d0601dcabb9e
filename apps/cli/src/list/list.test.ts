import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { answer, call, serve } from '../serve.test-helper.ts'

const dayMs = 86_400_000
const startMs = Date.parse('2026-07-01T00:00:00Z')
/** More than one request may ask for. */
const range = ['--from', '2026-07-01', '--to', '2026-10-01']

interface Call {
  id: number
  timestamp: string
  status: string
  topic: string
}

let mock: Awaited<ReturnType<typeof startMock>>
let every: Call[]
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 300, startMs, endMs: startMs + 92 * dayMs })
  every = callsOf((await list([...range, '--limit', '1000', '--to', '2026-10-01'])).stdout)
})
afterAll(() => mock.close())
beforeEach(() => mock.reset())

const run = (args: string[], options: CaptureOptions = {}) =>
  capture([...args, '--agent', '2142'], {
    ...options,
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url, ...options.env },
  })
const list = (args: string[], options?: CaptureOptions) => run(['list', ...args], options)

const callsOf = (ndjson: string): Call[] =>
  ndjson
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Call)
const idsOf = (ndjson: string): number[] => callsOf(ndjson).map(({ id }) => id)

async function asked(): Promise<Record<string, string>[]> {
  const requests = (await (await fetch(`${mock.controlUrl}/requests`)).json()) as {
    query: Record<string, string>
  }[]
  return requests.map(({ query }) => query)
}

test('a range longer than one request allows is listed completely: newest first, each call once', async () => {
  await list([...range, '--limit', '1000'])
  const borders = (await asked()).map(({ timestamp_from: from }) => from!)
  // At the border of two requests, which both hold their ends.
  const timestamp = borders.find((from) => Date.parse(from) > startMs)!
  const own = { ...call(7), agent: 2142, timestamp, topic: 'border' }
  await fetch(`${mock.controlUrl}/insert`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([own]),
  })
  const { code, stdout } = await list([...range, '--limit', '1000'])
  expect(code).toBe(0)
  const ids = idsOf(stdout)
  expect(ids).toHaveLength(301)
  expect(new Set(ids).size).toBe(301)
  const times = callsOf(stdout).map(({ timestamp: time }) => Date.parse(time))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect((await asked()).length).toBeGreaterThan(2)
  for (const { timestamp_from: from, timestamp_to: to } of await asked())
    expect(Date.parse(to!) - Date.parse(from!)).toBeLessThanOrEqual(31 * dayMs)
})

test('--limit takes the newest, and says whether more exist', async () => {
  const some = await list([...range, '--limit', '5'])
  expect(idsOf(some.stdout)).toEqual(every.slice(0, 5).map(({ id }) => id))
  expect(some.stderr).toContain('Use --limit 50 for more, or `export`.')
  // The others only count.
  expect((await asked()).filter(({ page_size: size }) => size !== '1')).toHaveLength(1)
  const all = await list([...range, '--limit', '300'])
  expect(all.stderr).not.toContain('for more, or')
  for (const [limit, isComplete] of [
    ['5', false],
    ['300', true],
    ['301', true],
  ] as const) {
    const { stdout } = await list([...range, '--limit', limit, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ is_complete: isComplete })
  }
})

test('--status filters locally, and says how many calls were scanned', async () => {
  const wanted = every.filter(({ status }) => status === 'reviewed_failure').slice(0, 3)
  expect(wanted.length).toBe(3)
  const { stdout, stderr } = await list([...range, '--status', 'reviewed_failure', '--limit', '3'])
  expect(callsOf(stdout)).toEqual(wanted)
  expect(stderr).toMatch(/Showing 3 calls\. Scanned \d+ of \d+\+? calls\./)
})

test('--assistant is filtered by the API', async () => {
  await list([...range, '--assistant', 'asst_1234567890'])
  expect((await asked())[0]).toMatchObject({ assistant_id: 'asst_1234567890', agent_id: '2142' })
})

test('the range is shown, in UTC', async () => {
  const now = Date.parse('2026-09-15T12:34:56Z')
  expect((await list(['--from', '7d'], { now })).stderr).toMatch(
    /^Range: 2026-09-08 12:34 UTC to 2026-09-15 12:34 UTC\.\n/,
  )
  const { stdout, stderr } = await list(['--json'], { now })
  expect(stderr).toMatch(/^Showing the latest calls up to .* Use --from to look further back\./)
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    agent_id: 2142,
    window: { from: null, to: '2026-09-15T12:34:56.000Z' },
  })
})

test('--fields selects and orders in every format', async () => {
  const [first] = every
  const fields = [...range, '--limit', '1', '--fields', 'topic,id']
  const { topic, id } = first!
  expect((await list(fields)).stdout).toBe(`${JSON.stringify({ topic, id })}\n`)
  expect(JSON.parse((await list([...fields, '--json'])).stdout)).toMatchObject({
    calls: [{ topic, id }],
  })
  expect((await list([...fields, '--json'])).stdout).toMatch(
    /"calls":\[\{"topic":[^,]+,"id":\d+\}\]/,
  )
  expect((await list([...fields, '--format', 'csv'])).stdout).toBe(`topic,id\r\n${topic},${id}\r\n`)
  const table = await list([...fields, '--format', 'table'])
  expect(table.stdout).toMatch(new RegExp(`^TOPIC +ID\\n${topic} +${id}\\n$`))
})

test('names of fields are trimmed, repeatable, and each shown once', async () => {
  const args = [
    ...range,
    '--limit',
    '1',
    '--format',
    'csv',
    '--fields',
    ' id, topic',
    '--fields',
    'id',
  ]
  expect((await list(args)).stdout).toMatch(/^id,topic\r\n/)
})

test('an unknown field is an error', async () => {
  for (const name of ['nope', 'extra']) {
    const { code, stdout, stderr } = await list([...range, '--limit', '1', '--fields', name])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`Unknown field "${name}".`)
  }
})

test('no calls are an empty NDJSON, a CSV header, an empty JSON list, and not a failure', async () => {
  const none = ['--from', '2020-01-01', '--to', '2020-01-02']
  const { code, stdout, stderr } = await list(none)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr).toMatch(/\nNo calls found\.\n$/)
  const csv = (await list([...none, '--format', 'csv'])).stdout
  expect(csv).toMatch(/^[\w,]+\r\n$/)
  expect(csv.trim().split(',')).toEqual(expect.arrayContaining(['id', 'call_id']))
  expect((await list([...none, '--format', 'csv', '--fields', 'id,topic'])).stdout).toBe(
    'id,topic\r\n',
  )
  expect(JSON.parse((await list([...none, '--json'])).stdout)).toMatchObject({ calls: [] })
  expect((await list(none, { isTTY: true })).stdout).toBe('')
})

test('JSON is one line in a pipe and indented in a terminal', async () => {
  const args = [...range, '--limit', '2', '--json']
  expect((await list(args)).stdout.trimEnd().split('\n')).toHaveLength(1)
  expect((await list(args, { isTTY: true })).stdout).toMatch(/^\{\n {2}"schema_version": 1,\n/)
})

test('an undocumented call is shown in every format', async () => {
  const unexpected = { id: 1, status: 'new_status', metrics: 'no', topic: 7, more: { deep: [1] } }
  const page = { count: 1, next: null, previous: null, results: [{ ...call(1), ...unexpected }] }
  await using service = await serve(answer(200, JSON.stringify(page)))
  for (const format of ['table', 'json', 'ndjson', 'csv']) {
    const { code, stdout } = await list(['--format', format], {
      env: { CEKURA_API_URL: service.url },
    })
    expect(code).toBe(0)
    expect(stdout).toContain('new_status')
  }
})

test('the total is in the summary: "Showing 5 of 300 calls"', async () => {
  const { stderr } = await list([...range.slice(0, 3), '2026-07-20', '--limit', '5'])
  expect(stderr).toMatch(/Showing 5 of \d+ calls\./)
  const { stdout } = await list([...range.slice(0, 3), '2026-07-20', '--limit', '5', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ count: expect.any(Number) as number })
})

test('an API without a count shows no total', async () => {
  const page = { next: 'http://127.0.0.1/?page=2', previous: null, results: [call(1)] }
  await using service = await serve(answer(200, JSON.stringify(page)))
  const { stderr } = await list(['--limit', '1'], { env: { CEKURA_API_URL: service.url } })
  expect(stderr).toContain('Showing 1 call.')
})

test('filters are repeatable and combine, and outcomes ignore reviews', async () => {
  const all = [...range, '--limit', '1000']
  const pick = async (...args: string[]) => callsOf((await list([...all, ...args])).stdout)
  const failed = await pick('--outcome', 'failure')
  const byStatus = await pick('--status', 'failure', '--status', 'reviewed_failure')
  expect(failed.map(({ id }) => id)).toEqual(byStatus.map(({ id }) => id))
  expect(await pick('--status', 'failure,reviewed_failure')).toEqual(byStatus)
  const { topic } = failed[0]!
  const both = await pick('--outcome', 'failure', '--topic', topic)
  expect(both).toEqual(failed.filter((each) => each.topic === topic))
})

test('--sort orders the whole range before the limit', async () => {
  const oldest = await list([...range, '--limit', '3', '--sort', 'oldest'])
  expect(idsOf(oldest.stdout)).toEqual(
    every
      .slice(-3)
      .toReversed()
      .map(({ id }) => id),
  )
})

test('personal data is masked in every format; --show-pii shows it, undeclared properties never', async () => {
  const personal = {
    ...call(1),
    undeclared_secret: 'sk_live',
    customer_number: '+15550142',
    feedback: 'Call me',
    error_message: 'Call me',
  }
  const page = { count: 1, next: null, previous: null, results: [personal] }
  await using service = await serve(answer(200, JSON.stringify(page)))
  const env = { CEKURA_API_URL: service.url }
  for (const format of ['table', 'json', 'ndjson', 'csv']) {
    const args = ['--format', format, '--fields', 'id,customer_number,feedback,error_message']
    expect((await list(args, { env })).stdout).not.toMatch(/\+1555|Call me/)
    expect((await list([...args, '--show-pii'], { env })).stdout).toMatch(/\+1555.*Call me/)
    const everything = (await list(['--format', format, '--show-pii'], { env })).stdout
    expect(everything).not.toMatch(/undeclared_secret|sk_live/)
  }
})

test('a static mock shows the calls that were read before the error', async () => {
  await using still = await startMock({ mode: 'static' })
  const { code, stdout, stderr } = await list(['--limit', '50'], {
    env: { CEKURA_API_URL: still.url },
  })
  expect(code).toBe(1)
  expect(callsOf(stdout).length).toBeGreaterThan(0)
  expect(stderr).toContain('Stopped at page 2')
})
