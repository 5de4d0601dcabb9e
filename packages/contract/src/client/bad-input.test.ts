// Who rejects a bad input first: the compiler, the client or the server. And with which code.
import {
  createClient,
  createTranscript,
  sendAndWait,
  waitForEvaluation,
  type CekuraClient,
} from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'

let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => void (mock = await startMock({ mode: 'proxied', rows: 20 })))
afterAll(() => mock.close())

interface BadInput {
  input: string
  /** Who rejects it. The compiler checks each `@ts-expect-error`. */
  rejectedBy: 'types and client' | 'types and server' | 'client' | 'server' | 'wait'
  run(cekura: CekuraClient, knownId: number): unknown
  error: { code: string; reason?: string; details?: object; path?: string }
}

const usage = (parameter: string): BadInput['error'] => ({
  code: 'usage',
  reason: 'invalid_parameter',
  details: expect.objectContaining({ parameter }) as object,
})
const badRequest = (...fields: string[]): BadInput['error'] => ({
  code: 'bad_request',
  reason: 'error_status',
  details: { status: 400, fields },
})
const call = { call_id: 'call_bad_input', agent: 2142 }
const rerun = { call_logs: [1] }

const table: BadInput[] = [
  {
    input: 'a call without call_id',
    rejectedBy: 'types and server',
    // @ts-expect-error call_id is required
    run: (cekura) => cekura.callLogs.send({ body: { agent: 2142 } }),
    error: badRequest('call_id'),
  },
  {
    input: 'a call with an empty call_id',
    rejectedBy: 'server',
    run: (cekura) => cekura.callLogs.send({ body: { ...call, call_id: '' } }),
    error: badRequest('call_id'),
  },
  {
    input: 'a call without agent and assistant',
    rejectedBy: 'types and server',
    // @ts-expect-error one of the two is required
    run: (cekura) => cekura.callLogs.send({ body: { call_id: 'c' } }),
    error: { code: 'bad_request' },
  },
  {
    input: 'a call with agent and assistant',
    rejectedBy: 'types and server',
    // @ts-expect-error not both
    run: (cekura) => cekura.callLogs.send({ body: { ...call, assistant_id: 'asst_1234567890' } }),
    error: { code: 'bad_request' },
  },
  {
    input: 'a call of an unknown agent',
    rejectedBy: 'server',
    run: (cekura) => cekura.callLogs.send({ body: { ...call, agent: 7 } }),
    error: badRequest('agent'),
  },
  {
    input: 'a turn with another speaker',
    rejectedBy: 'types and client',
    // @ts-expect-error agent or caller
    run: () => createTranscript([{ speaker: 'user', text: 'Hello.' }]),
    error: usage('turns[0].speaker'),
  },
  {
    input: 'a transcript with another role',
    rejectedBy: 'server',
    run: (cekura) =>
      cekura.callLogs.send({
        body: { ...call, transcript_json: [{ role: 'user', content: 'Hello.' }] },
      }),
    error: badRequest('transcript_json'),
  },
  {
    input: 'an empty update',
    rejectedBy: 'server',
    run: (cekura, id) => cekura.callLogs.update({ id, body: {} }),
    error: { code: 'bad_request' },
  },
  {
    input: 'an update to evaluating',
    rejectedBy: 'types and server',
    // @ts-expect-error only an outcome can be written
    run: (cekura, id) => cekura.callLogs.update({ id, body: { status: 'evaluating' } }),
    error: badRequest('status'),
  },
  {
    input: 'a negative duration',
    rejectedBy: 'server',
    run: (cekura, id) => cekura.callLogs.update({ id, body: { duration: -1 } }),
    error: badRequest('duration'),
  },
  {
    input: 'a rerun without agent and assistant',
    rejectedBy: 'types and server',
    // @ts-expect-error one of the two is required
    run: (cekura) => cekura.callLogs.rerunEvaluation({ body: rerun }),
    error: { code: 'bad_request' },
  },
  {
    input: 'a rerun with agent and assistant',
    rejectedBy: 'types and server',
    run: (cekura) =>
      cekura.callLogs.rerunEvaluation({
        // @ts-expect-error not both
        body: { ...rerun, agent_id: 2142, assistant_id: 'asst_1234567890' },
      }),
    error: { code: 'bad_request' },
  },
  {
    input: 'an id that is a call_id',
    rejectedBy: 'types and client',
    // @ts-expect-error the integer id
    run: (cekura) => cekura.callLogs.get({ id: 'call_bad_input' }),
    error: usage('id'),
  },
  {
    input: 'an unknown call',
    rejectedBy: 'server',
    run: (cekura) => cekura.callLogs.get({ id: 7 }),
    error: { code: 'not_found' },
  },
  {
    input: 'an update of an unknown call',
    rejectedBy: 'server',
    run: (cekura) => cekura.callLogs.update({ id: 7, body: { feedback: 'Good.' } }),
    error: { code: 'not_found' },
  },
  {
    input: 'a wait for an unknown call that existed before',
    rejectedBy: 'server',
    async run(cekura, id) {
      const before = await cekura.callLogs.get({ id })
      await waitForEvaluation(cekura, 7, { before, firstDelayMs: 0 })
    },
    error: { code: 'not_found' },
  },
  {
    input: 'a wait for an unknown metric',
    rejectedBy: 'wait',
    run: (cekura, id) => waitForEvaluation(cekura, id, { metrics: [999], timeoutMs: 1 }),
    error: {
      code: 'timeout',
      reason: 'evaluation_timeout',
      details: expect.objectContaining({ limit: 1, missingMetrics: [999] }) as object,
    },
  },
  {
    input: 'a call that is not evaluated before the deadline',
    rejectedBy: 'wait',
    // The clock of the sandbox does not advance.
    run: (cekura) => sendAndWait(cekura, call, { metrics: [310], timeoutMs: 1 }),
    error: {
      code: 'timeout',
      reason: 'evaluation_timeout',
      details: expect.objectContaining({ status: 'evaluating', missingMetrics: [310] }) as object,
    },
  },
  {
    input: 'a wait that is aborted',
    rejectedBy: 'wait',
    run: (cekura, id) => waitForEvaluation(cekura, id, { signal: AbortSignal.abort() }),
    error: { code: 'aborted', reason: 'aborted' },
  },
]

test.each(table)('$input is rejected by $rejectedBy', async ({ rejectedBy, run, error }) => {
  const paths: string[] = []
  const hooks = { onRequest: ({ path }: { path: string }) => void paths.push(path) }
  const options = { apiKey: 'k', baseUrl: mock.url, maxRetries: 0 }
  const cekura = createClient({ ...options, hooks })
  const [known] = await createClient(options)
    .callLogs.list({ agent_id: 2142 })
    .toArray({ limit: 1 })
  const found: unknown = await (async () => run(cekura, known!.id))().catch(
    (thrown: unknown) => thrown,
  )
  expect(found).toMatchObject(error)
  // Only what a server rejects is sent to it.
  if (rejectedBy.endsWith('client')) expect(paths).toEqual([])
  if (rejectedBy.endsWith('server')) expect(paths.length).toBeGreaterThan(0)
})
