#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { SpecError } from '@cekura-kit/spec'
import { apiKeyHeader, operationPaths } from '@cekura-kit/types'
import { MockError } from './mock-error.ts'
import { startMock, type MockMode } from './start-mock.ts'

const help = `cekura-mock: a server that answers like the Cekura API, from its OpenAPI document

Usage: cekura-mock [--port N] [--host ADDRESS] [--mode MODE] [--rows N] [--spec FILE]

  --port N        port to listen on; default 0, a free one
  --host ADDRESS  address to listen on; default 127.0.0.1
  --mode MODE     static: the document's examples (default); dynamic: bodies made up from its
                  schemas; sandbox: a stateful service with made-up call logs; proxied: the
                  sandbox behind Prism, which verifies each answer
  --rows N        call logs of the sandbox's first agent, 2142; default 500
  --spec FILE     OpenAPI file to mock; default the one of @cekura-kit/types
  --help          this text
`

const options = {
  port: { type: 'string', default: '0' },
  host: { type: 'string', default: '127.0.0.1' },
  mode: { type: 'string', default: 'static' },
  rows: { type: 'string', default: '500' },
  spec: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

async function run(): Promise<void> {
  const { values } = parseArgs({ options, strict: true })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const { mode, port, rows, host, spec } = values
  const mock = await startMock({
    mode: mode as MockMode,
    port: Number(port),
    rows: Number(rows),
    host,
    spec,
  })
  const list = `${mock.url}${operationPaths.listCallLogs}?agent_id=2142`
  const isSandbox = mode === 'sandbox' || mode === 'proxied'
  const call = (query = '', header = ''): string =>
    `  curl -H '${apiKeyHeader}: mock-key'${header && ` -H '${header}'`} '${list}${query}'`
  process.stdout.write(`Mock of the Cekura API at ${mock.url}
Any key works, for example: mock-key

${call()}
${isSandbox ? call('&page=2&page_size=5') : call('', 'Prefer: example=lastPage')}
${isSandbox ? call('&timestamp_from=2025-01-31T00:00:00Z') : call('', 'Prefer: code=429')}

Ctrl+C stops it.
`)
  const stop = (): void => void mock.close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
}

await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error
  if (!isUsage && !(error instanceof MockError) && !(error instanceof SpecError)) throw error
  console.error(
    isUsage ? `${error.message.split(/[.?](?:\s|$)/)[0]}; see cekura-mock --help` : error.message,
  )
  process.exitCode = 2
})
