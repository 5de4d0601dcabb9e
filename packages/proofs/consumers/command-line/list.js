// The installed command line against the installed mock.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startMock } from '@cekura-kit/mock'

const mock = await startMock({ mode: 'proxied' })
try {
  const { stdout } = await promisify(execFile)(
    'node_modules/.bin/cekura-logs',
    ['list', '--agent', '2142', '--limit', '3'],
    { env: { ...process.env, CEKURA_API_KEY: 'rehearsal', CEKURA_API_URL: mock.url } },
  )
  console.log(`${stdout.trim().split('\n').map(JSON.parse).length} calls listed`)
} finally {
  await mock.close()
}
