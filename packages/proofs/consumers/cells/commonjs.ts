// A CommonJS module: the package.json next to it has no "type".
import { CekuraError, createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'
import { apiKeyHeader } from '@cekura-kit/types'
import type { CallLog } from '@cekura-kit/types'

const example: CallLog = createCallLog({ id: 1 })
const client = createClient({ apiKey: 'cells', baseUrl: process.argv[2]! })

async function main(): Promise<void> {
  const calls = await client.callLogs.list({ agent_id: 2142, page_size: 20 }).toArray({ limit: 20 })
  const error = await client.callLogs.list({ agent_id: 2142, page: 9999 }).catch((reason) => reason)
  const code = CekuraError.is(error, 'not_found') ? error.code : error
  console.log(`${typeof require}, ${apiKeyHeader}, ${example.id}, ${calls.length}, ${code}`)
}

void main()
