import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiKeyHeader } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import type { GatewayRequest } from '../gateway/start-gateway.ts'
import { createLiveBackend } from './live-backend.ts'

test('Prism is asked about an answer without the key, the headers and the body of the request', async () => {
  const service = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const asked: GatewayRequest[] = []
  const { answer } = createLiveBackend({
    upstream: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    replay: { server: service, lend: (_, use) => use('17') },
    prism: {
      async answer(request) {
        asked.push(request)
        return { status: 200, headers: [], body: Buffer.alloc(0) }
      },
    },
    onViolations: (found) => expect(found).toEqual([]),
  })
  try {
    const headers = [apiKeyHeader, 'canary-key', 'cookie', 'canary-cookie']
    const { signal } = new AbortController()
    await answer({ method: 'POST', path: '/x?a=1', headers, body: Buffer.from('canary'), signal })
  } finally {
    service.closeAllConnections()
    service.close()
  }
  expect(asked).toMatchObject([{ method: 'POST', path: '/x?a=1', body: { length: 0 } }])
  expect(asked[0]!.headers.join()).not.toContain('canary')
  expect(asked[0]!.headers).toContain('17')
})
