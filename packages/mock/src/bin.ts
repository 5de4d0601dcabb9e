#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { SpecError } from '@cekura-kit/spec'
import { apiKeyHeader, operationPaths } from '@cekura-kit/types'
import { MockError } from './mock-error.ts'
import { startMock } from './start-mock.ts'

const help = `cekura-mock: a server that answers like the Cekura API, from its OpenAPI document

Usage: cekura-mock [--port N] [--host ADDRESS] [--dynamic] [--spec FILE]

  --port N        port to listen on; default 0, a free one
  --host ADDRESS  address to listen on; default 127.0.0.1
  --dynamic       bodies made up from the schemas instead of the examples
  --spec FILE     OpenAPI file to mock; default the one of @cekura-kit/types
  --help          this text
`

const options = {
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  dynamic: { type: 'boolean', default: false },
  spec: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

async function run(): Promise<void> {
  const { values } = parseArgs({ options, strict: true })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const mock = await startMock({ ...values, port: Number(values.port) })
  const list = `${mock.url}${operationPaths.listCallLogs}?agent_id=2142`
  process.stdout.write(`Mock of the Cekura API at ${mock.url}
Any key works, for example: mock-key

  curl -H '${apiKeyHeader}: mock-key' '${list}'
  curl -H '${apiKeyHeader}: mock-key' -H 'Prefer: example=lastPage' '${list}'
  curl -H '${apiKeyHeader}: mock-key' -H 'Prefer: code=429' '${list}'

Ctrl+C stops it.
`)
  const stop = (): void => void mock.close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error
  if (!isUsage && !(error instanceof MockError) && !(error instanceof SpecError)) throw error
  console.error(isUsage ? `${error.message.split('. ')[0]}; see cekura-mock --help` : error.message)
  process.exitCode = 2
})
