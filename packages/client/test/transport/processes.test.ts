import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startRecordingServer } from '../support/recording-server.ts'

/** Runs Node with these arguments until it exits; a hung process is killed. */
async function runNode(...args: string[]) {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
  })
  let [output, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output, errors }
}

test('a process ends when its call has failed', async () => {
  await using server = await startRecordingServer({ status: 400, body: '{}' })
  const code = `
    import { createClient } from '@cekura-kit/client'
    const call = createClient({ apiKey: 'k', baseUrl: ${JSON.stringify(server.url)} }).callLogs.list({ agent_id: 1 })
    await call.catch((error) => console.log(error.code))`
  expect(await runNode('--input-type=module', '--eval', code)).toEqual({
    code: 0,
    output: 'bad_request\n',
    errors: '',
  })
})

test('a process survives hooks that reject', async () => {
  await using server = await startRecordingServer(
    { status: 503 },
    { body: '{"next":null,"results":[]}' },
    { status: 400 },
  )
  const code = `
    import { createClient } from '@cekura-kit/client'
    const fail = async () => { throw new Error('broken hook') }
    const hooks = { onRequest: fail, onResponse: fail, onRetry: fail, onError: fail }
    const { callLogs } = createClient({ apiKey: 'k', baseUrl: ${JSON.stringify(server.url)}, hooks })
    console.log((await callLogs.list({ agent_id: 1 })).results.length)
    await callLogs.list({ agent_id: 1 }).catch((error) => console.log(error.code))`
  expect(await runNode('--input-type=module', '--eval', code)).toEqual({
    code: 0,
    output: '0\nbad_request\n',
    errors: '',
  })
})

test('5,000 requests with one signal keep less than 100 bytes each', async () => {
  const script = fileURLToPath(new URL('../support/heap-growth.ts', import.meta.url))
  const { code, output, errors } = await runNode('--expose-gc', script)
  expect(code, errors).toBe(0)
  const { bytesPerRequest, listeners } = JSON.parse(output) as Record<string, number>
  console.log(`${bytesPerRequest} bytes of heap per request`)
  expect(bytesPerRequest).toBeLessThan(100)
  expect(listeners).toBe(0)
}, 60_000)
