// cspell:ignore idd

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json as readJson } from 'node:stream/consumers'
import { CekuraError } from '@cekura-kit/client'
import { afterAll, expect, test } from 'vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { serve } from '../serve.test-helper.ts'
import { waitError } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'send-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'call.json')
const body = {
  call_id: 'call_new',
  agent: 2142,
  timestamp: '2026-11-24T10:00:00Z',
  transcript_json: [{ role: 'Main Agent', content: 'Hello Ada.', start_time: 0, end_time: 1 }],
}
writeFileSync(path, JSON.stringify(body))

const stored = { id: 77, call_id: 'call_new', timestamp: body.timestamp, status: 'evaluating' }
const evaluated = {
  ...stored,
  status: 'success',
  success: true,
  evaluation: { metrics: [{ id: 1, name: 'CSAT', type: 'numeric', score: 4 }] },
}
const reply = (response: ServerResponse, status: number, content: object): void => {
  response.statusCode = status
  response.setHeader('content-type', 'application/json').end(JSON.stringify(content))
}

/** An API that has some calls; `send` responds to a call that is sent. */
async function startService(
  existing: object[] = [],
  send = (response: ServerResponse): void => reply(response, 201, stored),
) {
  const sent: unknown[] = []
  const page = { count: existing.length, next: null, previous: null, results: existing }
  const service = await serve(async (request, response) => {
    if (request.url!.endsWith('/77/')) return reply(response, 200, evaluated)
    if (request.method === 'GET') return reply(response, 200, page)
    sent.push(await readJson(request))
    send(response)
  })
  return Object.assign(service, { sent })
}
const send = (url: string, args: string[], options: CaptureOptions = {}) =>
  capture(['send', ...args], {
    ...options,
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: url, NO_COLOR: '1' },
  })

test('a call is sent once as it is in the file, and its id is printed', async () => {
  await using service = await startService()
  const { code, stdout, stderr } = await send(service.url, [path])
  expect(code).toBe(0)
  expect(service.sent).toEqual([body])
  expect(JSON.parse(stdout)).toMatchObject({ id: 77, status: 'evaluating' })
  expect(stderr).toContain('Sent call_new: call 77.')
  expect(stderr).toContain('cekura-logs get 77')
})

test('--agent completes a file without an agent, also from stdin', async () => {
  await using service = await startService()
  const { agent: _, ...rest } = body
  const stdin = JSON.stringify(rest)
  const { code } = await send(service.url, ['-', '--agent', '9'], { stdin })
  expect(code).toBe(0)
  expect(service.sent).toEqual([{ ...rest, agent: 9 }])
})

test('--wait shows the evaluated call', async () => {
  await using service = await startService()
  const { code, stdout } = await send(service.url, [path, '--wait'])
  expect(code).toBe(0)
  expect(service.sent).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ id: 77, status: 'success', success: true })
})

test('an evaluation that takes too long says that the call is stored', () => {
  const error = new CekuraError('no', {
    code: 'timeout',
    reason: 'evaluation_timeout',
    details: { id: 77, limit: 180_000, status: 'evaluating', missingMetrics: [] },
  })
  expect(waitError(error, 77, 0)).toMatchObject({
    message: 'Call 77 is not evaluated after 180 s. The call is stored.',
    details: { exitCode: 5, suggestion: 'cekura-logs get 77  # in a minute' },
  })
})

test('Ctrl-C while the call is sent prints the check', async () => {
  const stop = new AbortController()
  await using service = await startService([], () => stop.abort('SIGINT'))
  const { code, stderr } = await send(service.url, [path], { signal: stop.signal })
  expect(code).toBe(130)
  expect(stderr).toMatch(/Whether call_new was stored is unknown: .*\nTo check: cekura-logs list /)
})

test('a call_id that was sent before is not sent again', async () => {
  await using service = await startService([stored])
  const { code, stdout, stderr } = await send(service.url, [path])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(
    'call_new was sent before: it is call 77. Nothing was sent.\nFix: cekura-logs get 77\n',
  )
  expect(service.sent).toEqual([])
})

test.each([
  ['a broken connection', (response: ServerResponse) => void response.destroy()],
  ['a 500', (response: ServerResponse) => reply(response, 500, {})],
  ['a timeout', () => {}],
])('after %s the call is not sent again, and the check is printed', async (_name, fault) => {
  await using service = await startService([], fault)
  const { code, stderr } = await send(service.url, [path, '--timeout', '300ms'])
  expect(code).toBe(6)
  expect(service.sent).toHaveLength(1)
  expect(stderr).toContain('Whether call_new was stored is unknown: ')
  const fix = /^Fix: (.*)$/m.exec(stderr)![1]!
  expect(fix).toBe(
    'cekura-logs list --agent 2142 --from 2026-11-23T10:00:00.000Z --to 2026-11-25T10:00:00.000Z --call-id call_new  # send it again only if it is not there',
  )
  await using later = await startService([{ ...stored, id: 5, call_id: 'other' }, stored])
  const args = fix.split('  # ')[0]!.split(' ').slice(1)
  const found = await capture(args, {
    env: { CEKURA_API_KEY: 'k', CEKURA_API_URL: later.url },
  })
  expect(found.stdout.trim().split('\n')).toHaveLength(1)
  expect(found.stdout).toContain('"id":77')
})

test('a rejected call names the property and not its value', async () => {
  const errors = { customer_number: ['"+15550100007" is not valid.'] }
  await using service = await startService([], (response) => reply(response, 400, errors))
  const { code, stderr } = await send(service.url, [path])
  expect(code).toBe(2)
  expect(stderr).toContain('The API rejected the request (400): customer_number\n')
  expect(stderr).not.toContain('+1555')
})

test.each([
  { text: '[]', want: 'is not a call to send: expected one JSON object' },
  { text: '{', want: 'expected one JSON object' },
  { text: '{"call_id":"c","id":7}', want: 'unknown property "id"' },
  { text: '{"call_idd":"c"}', want: 'Did you mean "call_id"' },
  { text: '{"agent":1}', want: 'call_id is missing' },
  { text: '{"call_id":"c"}', want: 'agent is missing; pass --agent' },
  { text: '{"call_id":"c","agent":"x"}', want: 'agent is not an integer' },
  { text: '{"call_id":"c","agent":1,"assistant_id":"a"}', want: 'both agent and assistant_id' },
  ...['"soon"', 'null', '7', '"+275760-09-13T00:00:00Z"', '"-000001-01-01T00:00:00Z"'].map(
    (time) => ({
      text: `{"call_id":"c","agent":1,"timestamp":${time}}`,
      want: 'timestamp is not',
    }),
  ),
])('$text is not a call', async ({ text, want }) => {
  await using service = await startService()
  const { code, stderr } = await send(service.url, ['-'], { stdin: text })
  expect(code).toBe(2)
  expect(stderr).toContain(want)
  expect(service.sent).toEqual([])
})

test('a missing file is an error', async () => {
  for (const args of [[], [join(folder, 'none.json')], [folder]]) {
    const { code, stderr } = await send('http://127.0.0.1:9', [...args])
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /(Missing file|does not exist|is a folder).*\nFix: cekura-logs send --help\n/,
    )
  }
})
