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

test('a range longer than one request may ask for is listed whole: newest first, each call once', async () => {
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

test('--limit takes the newest, and says whether there are more', async () => {
  const some = await list([...range, '--limit', '5'])
  expect(idsOf(some.stdout)).toEqual(every.slice(0, 5).map(({ id }) => id))
  expect(some.stderr).toContain('There may be more: --limit 50, or export for all.')
  expect(await asked()).toHaveLength(1)
  const all = await list([...range, '--limit', '300'])
  expect(all.stderr).not.toContain('There may be more')
  for (const [limit, isComplete] of [
    ['5', false],
    ['300', true],
    ['301', true],
  ] as const) {
    const { stdout } = await list([...range, '--limit', limit, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ is_complete: isComplete })
  }
})

test('--status lists that outcome alone, and says how many were read for it', async () => {
  const wanted = every.filter(({ status }) => status === 'reviewed_failure').slice(0, 3)
  expect(wanted.length).toBe(3)
  const { stdout, stderr } = await list([...range, '--status', 'reviewed_failure', '--limit', '3'])
  expect(callsOf(stdout)).toEqual(wanted)
  expect(stderr).toMatch(
    /3 calls: 0 succeeded, 3 failed, 3 reviewed\. Read \d+ to filter by status/,
  )
})

test('--assistant is the service to filter by', async () => {
  await list([...range, '--assistant', 'asst_1234567890'])
  expect((await asked())[0]).toMatchObject({ assistant_id: 'asst_1234567890', agent_id: '2142' })
})

test('the window that is asked for is told, in UTC', async () => {
  const now = Date.parse('2026-09-15T12:34:56Z')
  expect((await list(['--from', '7d'], { now })).stderr).toMatch(
    /^Window: 2026-09-08 12:34:56Z to 2026-09-15 12:34:56Z \(UTC\)\.\n/,
  )
  const { stdout, stderr } = await list(['--json'], { now })
  expect(stderr).toMatch(/^Window: up to .*; without --from the service decides/)
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    agent_id: 2142,
    window: { from: null, to: '2026-09-15T12:34:56.000Z' },
  })
})

test('--fields chooses and orders in every format', async () => {
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
  expect(table.stdout).toMatch(new RegExp(`^topic +id\\n${topic} +${id}\\n$`))
})

test('a field that no call has is refused, and so is one of our own', async () => {
  for (const name of ['nope', 'extra']) {
    const { code, stdout, stderr } = await list([...range, '--limit', '1', '--fields', name])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`the field "${name}": no call has it; there are id, call_id`)
  }
})

test('no calls are nothing in NDJSON, the titles in CSV, an empty list in JSON, and no failure', async () => {
  const none = ['--from', '2020-01-01', '--to', '2020-01-02']
  const { code, stdout, stderr } = await list(none)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr).toMatch(/\nNo calls\.\n$/)
  expect((await list([...none, '--format', 'csv'])).stdout).toMatch(/^id,call_id,[\w,]+\r\n$/)
  expect((await list([...none, '--format', 'csv', '--fields', 'id,topic'])).stdout).toBe(
    'id,topic\r\n',
  )
  expect(JSON.parse((await list([...none, '--json'])).stdout)).toMatchObject({ calls: [] })
  expect((await list(none, { isTTY: true })).stdout).toBe('')
})

test('JSON is one line for a pipe and laid out for a person', async () => {
  const args = [...range, '--limit', '2', '--json']
  expect((await list(args)).stdout.trimEnd().split('\n')).toHaveLength(1)
  expect((await list(args, { isTTY: true })).stdout).toMatch(/^\{\n {2}"schema_version": 1,\n/)
})

test('get asks for many ids in parts, and prints each call once, in their order', async () => {
  const ids = every.map(({ id }) => id)
  const words = [...ids.toReversed(), ids[0]!].map(String)
  const { code, stdout } = await run(['get', ...words])
  expect(code).toBe(0)
  expect(idsOf(stdout)).toEqual(ids.toReversed())
  for (const { call_ids: part } of await asked())
    expect(part!.split(',').length).toBeLessThanOrEqual(100)
})

test('get names what is not there in JSON too, and ends with 1', async () => {
  const { code, stdout } = await run(['get', String(every[0]!.id), '77', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ agent_id: 2142, missing: [77], calls: [{}] })
})

test('a call that the service should not have sent harms nobody', async () => {
  const strange = { id: 1, status: 'new_status', metrics: 'no', topic: 7, more: { deep: [1] } }
  const page = { count: 1, next: null, previous: null, results: [{ ...call(1), ...strange }] }
  await using service = await serve(answer(200, JSON.stringify(page)))
  for (const format of ['table', 'json', 'ndjson', 'csv']) {
    const { code, stdout } = await list(['--format', format], {
      env: { CEKURA_API_URL: service.url },
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/new[ _]status/)
  }
})
