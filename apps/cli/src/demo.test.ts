import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const demo = fileURLToPath(new URL('demo.ts', import.meta.url))

const output = `Agent "Order line" is 2142
Sent call_demo: call 2100000001 is evaluating
Call 2100000001 is a success:
  Latency              1.77
  CSAT                 4.5
  Sentiment            positive
  Followed the script  5
Latest calls:
  2100000001  2025-01-31T23:59:00Z  00:10  success
   200000500  2025-01-31T23:59:00Z  01:00  evaluating
   200000499  2025-01-31T23:58:00Z  02:00  evaluating
   200000498  2025-01-31T23:57:00Z  00:20  success
`

test('the demo sends a call, waits for its evaluation, and prints nothing else', async () => {
  expect(await promisify(execFile)(process.execPath, [demo])).toEqual({
    stdout: output,
    stderr: '',
  })
  const lines = output.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(15)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
}, 60_000)
