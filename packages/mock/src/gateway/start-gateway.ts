import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { problemResponse, type MockResponse, type Responder } from '../api/response.ts'
import { parseFaultSchedule } from '../faults/fault-schedule.ts'
import { sendFault } from '../faults/send-fault.ts'
import { guardRequest, type GuardPolicy } from './guard.ts'
import { listen } from './listen.ts'
import { readBody, sendResponse } from './read-body.ts'

export interface Gateway {
  /** Base URL. */
  url: string
  /** Passes requests to the backend; earlier ones have waited for it. */
  open(backend: Responder): void
  /** Injects faults from the next request on, which is number 1 of the schedule. @throws {MockError} */
  setFaults(schedule: string): void
  /** Lets open requests finish for that long, then closes their connections. */
  close(graceMs?: number): Promise<void>
}

const maxBodyBytes = 1_048_576

/** A signal that is aborted when the client disconnects, also while a pipelined response waits. */
function abortOnClose(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  request.socket.once('close', abort)
  response.once('close', () => {
    request.socket.off('close', abort)
    abort()
  })
  return controller.signal
}

/**
 * Listens in front of what responds, in every mode, and injects connection faults on a schedule.
 *
 * @throws {MockError} if the address cannot be listened on, or the schedule is invalid
 */
export async function startGateway(options: {
  port: number
  host: string
  faults: string
  guard: GuardPolicy
}): Promise<Gateway> {
  let open!: (backend: Responder) => void
  const backend = new Promise<Responder>((resolve) => (open = resolve))
  let schedule = parseFaultSchedule(options.faults)
  let scheduled = 0
  let requests = 0
  let closing: Promise<void> | undefined
  /** Connections on which nothing more is sent. */
  const stalled = new Set<Socket>()

  async function decide(request: IncomingMessage, signal: AbortSignal): Promise<MockResponse> {
    const { method = 'GET', url: target = '/', rawHeaders: headers } = request
    const number = ++requests
    const body = await readBody(request, maxBodyBytes)
    const blocked = guardRequest({ method, headers }, options.guard)
    if (blocked) return blocked
    if (!body) return problemResponse(413, `Request body larger than ${maxBodyBytes} bytes.`)
    const respond = await backend
    return respond({ method, target, headers, body, signal, number })
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = schedule(++scheduled)
    const { socket } = request
    if (fault?.kind === 'stall') {
      stalled.add(socket)
      socket.once('close', () => stalled.delete(socket))
    }
    const found = await decide(request, abortOnClose(request, response))
    if (fault) await sendFault(fault, found, request, response)
    else sendResponse(response, found)
  }

  const server = createServer((request, response) => {
    response.once('close', () => {
      // A client that keeps its connection open would delay the end.
      if (closing) server.closeIdleConnections()
    })
    serve(request, response).catch((error: Error) => {
      if (response.headersSent || response.destroyed) response.destroy()
      else sendResponse(response, problemResponse(500, `The mock failed: ${error.message}`))
    })
  })
  const url = await listen(server, options.port, options.host)

  async function close(graceMs = 0): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of stalled) socket.destroy()
    setTimeout(() => server.closeAllConnections(), graceMs).unref()
    await closed
  }

  return {
    url,
    open,
    setFaults(text) {
      schedule = parseFaultSchedule(text)
      scheduled = 0
    },
    close: (graceMs) => (closing ??= close(graceMs)),
  }
}
