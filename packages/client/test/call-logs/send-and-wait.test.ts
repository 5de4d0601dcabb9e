import { createClient, sendAndWait, type CallLog } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'
import { startRecordingServer } from '../support/recording-server.ts'

const accepted = {
  id: 481530,
  call_id: 'call_9c4d1e7a',
  timestamp: '2025-01-16T09:12:40Z',
  status: 'evaluating',
} satisfies CallLog
const body = { agent: 2142, call_id: 'call_9c4d1e7a' }

test('sends the call once, reports it, and returns it with its evaluation', async () => {
  await using server = await startRecordingServer(
    { status: 201, body: JSON.stringify(accepted) },
    { body: JSON.stringify({ ...accepted, status: 'failure' }) },
  )
  const client = createClient({ apiKey: 'k', baseUrl: server.url })
  const sent: CallLog[] = []
  const onSent = (stored: CallLog): void => void sent.push(stored)
  // The only request of so short a wait is at its end.
  const call = await sendAndWait(client, body, { timeoutMs: 1, onSent })
  expect(call.status).toBe('failure')
  expect(sent).toEqual([accepted])
  expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
    'POST /observability/v1/observe/',
    'GET /observability/v1/call-logs/481530/',
  ])
  expect(JSON.parse(server.requests[0]!.body.toString())).toEqual(body)
})

test('a call that is not stored is not waited for', async () => {
  await using server = await startRecordingServer({
    status: 400,
    body: '{"agent":["Give agent or assistant_id."]}',
  })
  const client = createClient({ apiKey: 'k', baseUrl: server.url })
  const error = await catchCekuraError(sendAndWait(client, body))
  expect(error).toMatchObject({ code: 'bad_request', details: { fields: ['agent'] } })
  expect(server.requests).toHaveLength(1)
})
