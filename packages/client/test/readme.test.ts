// The README's example of send, wait and read, run as it is.
import { readFileSync } from 'node:fs'
import * as client from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { waitForEvaluationWith } from '../src/call-logs/wait-for-evaluation.ts'
import { startRecordingServer } from './support/recording-server.ts'
import { createVirtualRuntime } from './support/virtual-runtime.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, code = ''] = /## Send a call.*?```ts\n(.*?)```/s.exec(readme) ?? []

const call = { id: 481530, call_id: 'call_9c4d1e7a', timestamp: '2025-01-16T09:12:40Z' }
const metrics = [{ id: 320, name: 'Followed the script', type: 'binary', score: 5 }]

test('the example sends a call, waits, and prints its results', async () => {
  await using server = await startRecordingServer(
    { status: 201, body: JSON.stringify({ ...call, status: 'evaluating' }) },
    { body: JSON.stringify({ ...call, status: 'evaluating' }) },
    { body: JSON.stringify({ ...call, status: 'success', evaluation: { metrics } }) },
  )
  const { runtime, waits } = createVirtualRuntime()
  const kit: Partial<typeof client> = {
    ...client,
    createClient: () => client.createClient({ apiKey: 'k', baseUrl: server.url }),
    waitForEvaluation: (cekura, id, options = {}) =>
      waitForEvaluationWith(cekura, id, options, runtime),
  }
  const lines: unknown[][] = []
  const program = code.replace(/^import (\{.*\}) from '@cekura-kit\/client'$/m, 'const $1 = kit')
  const run = Object.getPrototypeOf(async () => {}).constructor('kit', 'console', program)
  await run(kit, { log: (...line: unknown[]) => lines.push(line) })
  expect(lines).toEqual([['success', 'Followed the script', 5]])
  expect(waits).toEqual([5000, 7500])
  expect(JSON.parse(server.requests[0]!.body.toString())).toMatchObject({
    agent: 2142,
    transcript_json: [{ role: 'Main Agent' }, { role: 'Testing Agent' }],
  })
})
