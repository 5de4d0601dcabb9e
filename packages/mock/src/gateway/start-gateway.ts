import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { MockError } from '../mock-error.ts'
import { problemAnswer, sendAnswer, type Answer } from './answer.ts'
import { parseFaultSchedule, type FaultSchedule } from './fault-schedule.ts'
import { sendFault } from './send-fault.ts'

/** A request that has arrived completely. */
export interface GatewayRequest {
  method: string
  /** Path and query as they were sent. */
  path: string
  /** Names and values in turn, as they were sent. */
  headers: string[]
  body: Buffer
  /** Aborted when the client hangs up. */
  signal: AbortSignal
}

/** What stands behind the gateway. */
export interface Backend {
  answer(request: GatewayRequest): Promise<Answer>
  /** A shorter way to the same answer, for requests that no fault hits. */
  listener?: RequestListener | undefined
}

export interface Gateway {
  /** Base URL; it stays when what is behind is replaced. */
  url: string
  /** Lets requests through; the ones that came before have waited. */
  open(backend: Backend): void
  /** Spoils answers from the next request on, which is number 1. @throws {MockError} */
  setFaults(schedule: string): void
  /** Lets requests under way end for as long, then cuts them. */
  close(graceMs?: number): Promise<void>
}

const maxBodyBytes = 1_048_576

export function listenError(error: NodeJS.ErrnoException, host: string, port: number): MockError {
  return new MockError(
    error.code === 'EADDRINUSE'
      ? `Cannot start the mock on port ${port}: the port is in use; stop what uses it, or take port 0 for a free one`
      : `Cannot start the mock on ${host}:${port}: ${error.message}; give another host or port`,
  )
}

/** Where a host is reached; an address of IPv6 stands in brackets. */
export const originOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, host, port)
  })
  const { port: taken } = server.address() as AddressInfo
  return originOf(host, taken)
}

/** The body of a request; undefined when it is too large. */
async function readRequest(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // To its end either way: a client that is still sending may not hear the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks)
}

/**
 * Listens in front of what answers, in every mode, and breaks connections as a schedule says.
 *
 * Transport faults belong here and never behind Prism: a truncated answer hangs it.
 *
 * @throws {MockError} when the port cannot be listened on, or the schedule not followed
 */
export async function startGateway(options: {
  port: number
  host: string
  faults: string
}): Promise<Gateway> {
  const { port, host } = options
  let open!: (backend: Backend) => void
  const backend = new Promise<Backend>((resolve) => (open = resolve))
  let listener: RequestListener | undefined
  let schedule: FaultSchedule = parseFaultSchedule(options.faults)
  let requests = 0
  let closing: Promise<void> | undefined
  /** Connections on which nothing more will come. */
  const stalled = new Set<Socket>()

  const server = createServer((request, response) => {
    const fault = schedule(++requests)
    response.once('close', () => {
      // A client that keeps its connection for later would be waited for.
      if (closing) server.closeIdleConnections()
    })
    if (!fault && listener) {
      listener(request, response)
      return
    }
    const { socket } = request
    const hangUp = new AbortController()
    response.once('close', () => hangUp.abort())
    if (fault?.kind === 'stall') {
      stalled.add(socket)
      socket.once('close', () => stalled.delete(socket))
    }
    const respond = async (): Promise<void> => {
      const body = await readRequest(request)
      if (!body) {
        sendAnswer(
          response,
          problemAnswer(413, `The mock reads bodies of up to ${maxBodyBytes} bytes`),
        )
        return
      }
      const { method, url, rawHeaders } = request
      const { answer: ask } = await backend
      const answer = await ask({
        method: method!,
        path: url!,
        headers: rawHeaders,
        body,
        signal: hangUp.signal,
      })
      if (fault) await sendFault(fault, answer, response, url!)
      else sendAnswer(response, answer)
    }
    respond().catch((error: Error) =>
      sendAnswer(response, problemAnswer(500, `The mock failed: ${error.message}`)),
    )
  })

  const url = await listen(server, port, host)

  async function close(graceMs = 0): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of stalled) socket.destroy()
    setTimeout(() => server.closeAllConnections(), graceMs).unref()
    await closed
  }

  return {
    url,
    open(opened) {
      listener = opened.listener
      open(opened)
    },
    setFaults(text) {
      schedule = parseFaultSchedule(text)
      requests = 0
    },
    close: (graceMs) => (closing ??= close(graceMs)),
  }
}
