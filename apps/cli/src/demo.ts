// The whole chain on real HTTP: Prism from the document, the command line through client and types.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startMock } from '@cekura-kit/mock'

const bin = fileURLToPath(new URL('bin.ts', import.meta.url))

await using mock = await startMock()
const cli = spawn(
  process.execPath,
  [bin, 'list', '--agent', '2142', '--limit', '3', '--format', 'table'],
  {
    env: { ...process.env, CEKURA_API_KEY: 'demo-key', CEKURA_API_URL: mock.url },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
)
const [code] = await once(cli, 'exit')
process.exitCode = Number(code)
