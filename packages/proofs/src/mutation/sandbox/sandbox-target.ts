import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startMock } from '@cekura-kit/mock'
import { apiKeyHeader } from '@cekura-kit/types'
import type { Capability } from '../contract-internals.ts'
import { createHttpClient } from '../contract-internals.ts'
import { capabilitiesOf, createControl, knownData } from '../contract-internals.ts'
import type { Target } from '../contract-internals.ts'

export interface Ask {
  method: string
  url: URL
  key: string | undefined
  headers: IncomingMessage['headers']
}

export interface Reply {
  status: number
  headers: { [name: string]: string }
  body: string
}

/** A service as a function; a mutant is a function around it. */
export type Handler = (ask: Ask) => Promise<Reply>
export type Control = (path: string, body: unknown) => Promise<number>

export interface Wrapper {
  api?: (base: Handler) => Handler
  control?: (base: Control) => Control
}

const key = 'contract-key'

const refused = (detail: string): Reply => ({
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ detail }),
})

/** The sandbox with a wrapper around it that can be changed from mutant to mutant. */
export interface WrappedSandbox extends AsyncDisposable {
  target: Target
  /** Puts another wrapper around, on data as they were at the start. */
  wrap(wrapper: Wrapper): Promise<void>
}

export async function startWrappedSandbox(): Promise<WrappedSandbox> {
  const { rows, pageSize, maxPageSize } = knownData
  const mock = await startMock({ mode: 'sandbox', rows, pageSize, maxPageSize })
  const baseControl = createControl(mock.controlUrl!)
  let url = ''

  const ask: Handler = async ({ method, url: asked, key: sent, headers }) => {
    const accept = String(headers.accept ?? '*/*')
    const response = await fetch(mock.url + asked.pathname + asked.search, {
      method,
      headers: { accept, ...(sent !== undefined && { [apiKeyHeader]: sent }) },
    })
    const body = (await response.text()).replaceAll(mock.url, url)
    const kept = ['content-type', 'retry-after'].flatMap((name) => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    return { status: response.status, headers: Object.fromEntries(kept) as Reply['headers'], body }
  }
  // The sandbox takes any key; a service that tells keys apart has more to get wrong.
  const base: Handler = async (asked) =>
    asked.key && asked.key !== key ? refused('Invalid API key.') : ask(asked)

  let handle = base
  let control = baseControl
  const server = createServer((request, response) => {
    const sent = request.headers[apiKeyHeader.toLowerCase()]
    const asked: Ask = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', url),
      key: typeof sent === 'string' ? sent : undefined,
      headers: request.headers,
    }
    handle(asked).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.destroy(error as Error),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const target: Target = {
    name: 'sandbox',
    url,
    agentId: 2142,
    ...capabilitiesOf('sandbox'),
    capabilities: new Set<Capability>([...capabilitiesOf('sandbox').capabilities, 'keys']),
    isShared: false,
    known: knownData,
    send: createHttpClient({ url, key }),
    control: (path, body) => control(path, body),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await mock.close()
    },
  }
  return {
    target,
    async wrap(wrapper) {
      await baseControl('/reset', {})
      handle = wrapper.api?.(base) ?? base
      control = wrapper.control?.(baseControl) ?? baseControl
    },
    [Symbol.asyncDispose]: target[Symbol.asyncDispose].bind(target),
  }
}
