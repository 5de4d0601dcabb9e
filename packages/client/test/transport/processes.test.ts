import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startScriptedServer } from './scripted-server.ts'

test('a process ends when its call has settled, however it went', async () => {
  await using server = await startScriptedServer([{ status: 400, json: {} }])
  const code = `
    import { createClient } from '@cekura-kit/client'
    const call = createClient({ apiKey: 'k', baseUrl: ${JSON.stringify(server.url)} }).callLogs.list({ agent_id: 1 })
    await call.catch((error) => console.log(error.code))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    timeout: 10_000,
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  expect(await once(child, 'close')).toEqual([0, null])
  expect(output).toBe('bad_request\n')
})

test('5000 requests with one signal keep less than 100 bytes each', async () => {
  const script = fileURLToPath(new URL('heap-growth.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(0)
  const { bytesPerRequest, listeners } = JSON.parse(output) as Record<string, number>
  console.log(`${bytesPerRequest} bytes of heap a request`)
  expect(bytesPerRequest).toBeLessThan(100)
  expect(listeners).toBe(0)
}, 60_000)
