import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { apiKeyHeader } from '@cekura-kit/types'
import {
  createHttpClient,
  startTarget,
  type Capability,
  type Target,
} from '../contract-internals.ts'
import { validKey, type Fault, type Request, type Send } from './fault.ts'

/** The sandbox behind a server that applies a fault. */
export interface FaultySandbox {
  target: Target
  /** Replaces the fault, and resets the data. */
  setFault(fault: Fault): Promise<void>
}

export async function startFaultySandbox(): Promise<FaultySandbox> {
  const sandbox = await startTarget('sandbox')
  let fault: Fault = {}
  let url = ''

  const send: Send = async ({ method, url: { pathname, search }, key, headers, body: sent }) => {
    // The sandbox accepts any key; a service that checks keys has more to get wrong.
    if (key && key !== validKey)
      return {
        status: 401,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ detail: 'Invalid API key.' }),
      }
    const response = await fetch(sandbox.url + pathname + search, {
      method,
      headers: {
        accept: String(headers['accept'] ?? '*/*'),
        ...(sent !== '' && { 'content-type': 'application/json' }),
        ...(key !== undefined && { [apiKeyHeader]: key }),
      },
      ...(sent !== '' && { body: sent }),
    })
    const forwarded = [...response.headers].filter(([name]) =>
      ['content-type', 'retry-after'].includes(name),
    )
    const body = (await response.text()).replaceAll(sandbox.url, url)
    return { status: response.status, headers: Object.fromEntries(forwarded), body }
  }

  const server = createServer((incoming, outgoing) => {
    const key = incoming.headers[apiKeyHeader.toLowerCase()] as string | undefined
    const { method = 'GET', headers } = incoming
    const respond = async (): Promise<void> => {
      const body = await text(incoming)
      const request: Request = { method, url: new URL(incoming.url!, url), key, headers, body }
      const changed = { ...request, url: new URL(request.url) }
      await fault.request?.(changed)
      const response = await send(changed)
      await fault.response?.(response, request, send)
      outgoing.writeHead(response.status, response.headers).end(response.body)
    }
    respond().catch((error: Error) => outgoing.destroy(error))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    target: {
      ...sandbox,
      url,
      capabilities: new Set<Capability>([...sandbox.capabilities, 'keys']),
      send: createHttpClient({ url, key: validKey }),
      async control(path, body) {
        const changed = fault.control ? fault.control(path, body) : body
        return changed === null ? 204 : sandbox.control!(path, changed)
      },
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
        await sandbox[Symbol.asyncDispose]()
      },
    },
    async setFault(next) {
      await sandbox.control!('/reset', {})
      fault = next
    },
  }
}
