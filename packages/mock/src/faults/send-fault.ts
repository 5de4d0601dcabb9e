import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { emptyBody, type MockResponse } from '../api/response.ts'
import { sendResponse } from '../gateway/read-body.ts'
import type { TransportFault } from './transport-fault.ts'

const dripMs = 10

const head = ({ status, headers }: MockResponse, length: number): string => {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`]
  for (let n = 0; n < headers.length; n += 2) lines.push(`${headers[n]!}: ${headers[n + 1]!}`)
  return `${lines.join('\r\n')}\r\ncontent-length: ${length}\r\n\r\n`
}

const write = (socket: Socket, data: string | Uint8Array): Promise<void> =>
  new Promise((done) => {
    socket.write(data, () => done())
  })

const errorPage = (status: number): MockResponse => ({
  status,
  headers: ['content-type', 'text/html'],
  body: Buffer.from(
    `<html>\r\n<head><title>${status} ${STATUS_CODES[status]!}</title></head>\r\n<body>\r\n<center><h1>${status} ${STATUS_CODES[status]!}</h1></center>\r\n</body>\r\n</html>\r\n`,
  ),
})

async function drip(socket: Socket, answer: MockResponse, bytes: number): Promise<void> {
  await write(socket, head(answer, answer.body.length))
  for (let sent = 0; sent < answer.body.length && !socket.destroyed; sent += bytes) {
    await new Promise((done) => setTimeout(done, dripMs))
    await write(socket, answer.body.subarray(sent, sent + bytes))
  }
  socket.end()
}

/** A page that is valid JSON and consists mostly of blanks. */
async function bomb(response: ServerResponse, megabytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const blanks = ' '.repeat(1_048_576)
  const text = (function* () {
    yield '{"count":0,"next":null,"previous":null,"results":['
    for (let n = 0; n < megabytes; n++) yield blanks
    yield ']}'
  })()
  // A client that protects itself disconnects early.
  await pipeline(Readable.from(text), createGzip(), response).catch(() => {})
}

/**
 * The connection, once the responses to earlier requests on it have been sent; undefined when it
 * has closed. Until then a pipelined response has no socket.
 */
async function ownConnection(
  { socket }: IncomingMessage,
  response: ServerResponse,
): Promise<Socket | undefined> {
  if (!response.socket && !socket.destroyed)
    await new Promise<void>((resolve) => {
      response.once('socket', () => resolve())
      socket.once('close', () => resolve())
    })
  return socket.destroyed ? undefined : socket
}

/** Sends a response with an HTTP framing that Node would not write. */
async function sendRaw(
  { kind, amount = 0 }: TransportFault,
  found: MockResponse,
  socket: Socket,
  isHead: boolean,
): Promise<void> {
  // A response without a body must still lack something.
  const length = Math.max(found.body.length, 1)
  const body = isHead ? emptyBody : found.body
  const part = Buffer.concat([
    Buffer.from(head(found, length)),
    body.subarray(0, Math.min(amount, length - 1)),
  ])
  switch (kind) {
    case 'reset':
      socket.resetAndDestroy()
      return
    case 'reset-after-headers':
      await write(socket, head(found, length))
      await write(socket, body.subarray(0, body.length >> 1))
      socket.resetAndDestroy()
      return
    case 'truncate':
      socket.end(part)
      return
    case 'stall':
      if (amount > 0) await write(socket, part)
      return
    case 'drip':
      return drip(socket, { ...found, body }, amount)
    default:
      socket.end(
        Buffer.concat([Buffer.from(head(found, Math.max(0, found.body.length + amount))), body]),
      )
  }
}

const raw: ReadonlySet<TransportFault['kind']> = new Set([
  'reset',
  'reset-after-headers',
  'truncate',
  'stall',
  'drip',
  'wrong-length',
])

/** Sends a response changed by a fault. */
export async function sendFault(
  fault: TransportFault,
  found: MockResponse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { kind, amount = 0, url } = fault
  if (raw.has(kind)) {
    const socket = await ownConnection(request, response)
    if (socket) await sendRaw(fault, found, socket, request.method === 'HEAD')
    return
  }
  switch (kind) {
    case 'bad-json':
      return sendResponse(response, {
        ...found,
        body: found.body.subarray(0, found.body.length >> 1),
      })
    case 'redirect':
      return sendResponse(response, {
        status: 302,
        headers: ['location', url ?? `https://elsewhere.invalid${request.url}`],
        body: emptyBody,
      })
    case 'gzip-bomb':
      return bomb(response, amount)
    case 'latency':
      await new Promise((done) => setTimeout(done, amount))
      return sendResponse(response, found)
    default:
      return sendResponse(response, errorPage(Number(kind.slice(-3))))
  }
}
