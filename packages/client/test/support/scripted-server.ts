import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** One scripted response. */
export interface Step {
  status?: number
  json?: unknown
  text?: string
  page?: { ids: number[]; next: string | null; count: number }
  headers?: Record<string, string>
  gzip?: boolean
  fault?:
    | 'reset'
    | 'resetAfterHeaders'
    | 'truncate'
    | 'stall'
    | 'stallBody'
    | 'drip'
    | 'bomb'
    | 'endlessError'
}

export interface ScriptedServer extends AsyncDisposable {
  url: string
  requests: { query: Record<string, string>; headers: IncomingMessage['headers'] }[]
  /** Sockets that are open now. */
  sockets(): number
}

const callLog = (id: number) => ({
  id,
  call_id: `call_${id}`,
  timestamp: '2025-01-15T09:30:00Z',
  status: 'success',
})

function textOf({ json, text, page }: Step): string {
  if (page) {
    const { ids, ...rest } = page
    return JSON.stringify({ ...rest, previous: null, results: ids.map(callLog) })
  }
  return text ?? JSON.stringify(json)
}

const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20))
const json = { 'content-type': 'application/json' }

function injectFault(fault: NonNullable<Step['fault']>, response: ServerResponse): void {
  const whole = JSON.stringify({ count: 0, next: null, previous: null, results: [] })
  switch (fault) {
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'stall':
      return
    case 'bomb':
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb)
      return
    case 'endlessError': {
      response.writeHead(400, json)
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', pour)
      pour()
      return
    }
    case 'drip':
      response.writeHead(200, json)
      response.write(' ')
      {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      }
      return
    case 'resetAfterHeaders':
    case 'truncate':
    case 'stallBody':
      response.writeHead(200, { ...json, 'content-length': String(whole.length) })
      response.write(whole.slice(0, 20), () => {
        if (fault === 'resetAfterHeaders') response.socket?.resetAndDestroy()
        if (fault === 'truncate') response.socket?.destroy()
      })
  }
}

/** A real server that plays one step per request, then repeats the last one. */
export async function startScriptedServer(
  steps: Step[] | ((request: URL) => Step),
  onRequest?: (step: Step) => void,
): Promise<ScriptedServer> {
  const requests: ScriptedServer['requests'] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server')
    requests.push({ query: Object.fromEntries(url.searchParams), headers: request.headers })
    const step =
      typeof steps === 'function' ? steps(url) : steps[Math.min(requests.length, steps.length) - 1]!
    onRequest?.(step)
    if (step.fault) {
      injectFault(step.fault, response)
      return
    }
    const body = Buffer.from(textOf(step))
    response.writeHead(step.status ?? 200, {
      ...json,
      ...(step.gzip && { 'content-encoding': 'gzip' }),
      ...step.headers,
    })
    response.end(step.gzip ? gzipSync(body) : body)
  })
  let sockets = 0
  server.on('connection', (socket) => {
    sockets++
    socket.on('close', () => sockets--)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sockets: () => sockets,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
