import { expect, test } from 'vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { serve } from '../serve.test-helper.ts'

const call = (id: number) => ({
  id,
  call_id: `call_${id}`,
  timestamp: '2026-11-24T10:00:00Z',
  status: 'success',
  agent: 2142,
  customer_number: '+15550100007',
  error_message: 'No answer from +15550100007',
  undeclared_secret: 'sk_live',
  evaluation: {
    metrics: [
      { id: 1, name: 'CSAT', type: 'numeric', score: 4.5, explanation: ['Ada was happy.'] },
      { id: 2, name: 'Sentiment', type: 'enum', enum: 'positive' },
    ],
  },
  transcript_object: [
    { role: 'Main Agent', content: 'Hello Ada.', time: '0:02', undeclared_secret: 'sk_live' },
    { role: 'Testing Agent', content: '\u001B[31mHi.' },
  ],
})

/** An API with the calls 1 to 20. */
const startService = (asked: string[] = []) =>
  serve((request, response) => {
    const { pathname } = new URL(request.url!, 'http://x')
    asked.push(pathname)
    const id = Number(pathname.split('/').at(-2))
    response.statusCode = id <= 20 ? 200 : 404
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(id <= 20 ? call(id) : { detail: 'Not found.' }))
  })
const get = (url: string, args: string[], options: CaptureOptions = {}) =>
  capture(['get', ...args], {
    ...options,
    env: { CEKURA_API_KEY: 'k', CEKURA_API_URL: url, NO_COLOR: '1' },
  })

const idsOf = (ndjson: string): number[] =>
  ndjson
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { id: number }).id)

test('calls are printed in the order of the ids, each once, and need no agent', async () => {
  const asked: string[] = []
  await using service = await startService(asked)
  const ids = Array.from({ length: 11 }, (_, at) => 11 - at)
  const { code, stdout } = await get(service.url, [...ids, 3].map(String))
  expect(code).toBe(0)
  expect(idsOf(stdout)).toEqual(ids)
  expect(asked).toHaveLength(11)
})

test('missing calls are named after the others are printed, and end with 1', async () => {
  await using service = await startService()
  const { code, stdout, stderr } = await get(service.url, ['1', '77', '2'])
  expect({ code, ids: idsOf(stdout) }).toEqual({ code: 1, ids: [1, 2] })
  expect(stderr).toBe(
    'Call not found: 77. Pass id, not call_id.\nFix: cekura-logs list --agent <agent-id> --fields id,call_id,timestamp\n',
  )
  const json = await get(service.url, ['1', '77', '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({ missing: [77], calls: [{ id: 1 }] })
})

test.each(['table', 'json', 'ndjson', 'csv'])(
  'in %s, sensitive properties are masked at any depth, and undeclared ones are left out',
  async (format) => {
    await using service = await startService()
    const masked = await get(service.url, ['1', '--format', format])
    expect(masked.stdout).toContain('••••07')
    expect(masked.stdout).not.toMatch(/Ada|\+1555|sk_live/)
    const shown = await get(service.url, ['1', '--format', format, '--show-pii'])
    expect(shown.stdout).toContain('Hello Ada.')
    expect(shown.stdout).not.toContain('sk_live')
  },
)

test('a record has a line per field and metric, and the transcript', async () => {
  await using service = await startService()
  const { stdout } = await get(service.url, ['1', '--show-pii'], { isTTY: true, columns: 80 })
  expect(stdout.split('\n')).toEqual([
    'id               1',
    'call_id          call_1',
    'timestamp (UTC)  2026-11-24 10:00',
    'status           success',
    'agent            2142',
    'customer_number  +15550100007',
    'error_message    No answer from +15550100007',
    'metrics',
    '  CSAT           4.5',
    '  Sentiment      positive',
    'transcript',
    '  [0:02] Main Agent: Hello Ada.',
    '  Testing Agent: Hi.',
    '',
  ])
})

test.each([
  { args: [], want: 'Missing id.' },
  { args: ['call_3b2'], want: 'Invalid id "call_3b2": expected the numeric id, not call_id.' },
])('$args is an error with a suggestion', async ({ args, want }) => {
  const { code, stderr } = await get('http://127.0.0.1:9', args)
  expect(code).toBe(2)
  expect(stderr).toContain(want)
})
