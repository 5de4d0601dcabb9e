import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sendAnswer, type Answer } from './answer.ts'
import type { TransportFault } from './transport-fault.ts'

const dripMs = 10

const head = ({ status, headers }: Answer, length: number): string => {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`]
  for (let n = 0; n < headers.length; n += 2) lines.push(`${headers[n]!}: ${headers[n + 1]!}`)
  return `${lines.join('\r\n')}\r\ncontent-length: ${length}\r\n\r\n`
}

const write = (socket: Socket, data: string | Buffer): Promise<void> =>
  new Promise((done) => {
    socket.write(data, () => done())
  })

const errorPage = (status: number): Answer => ({
  status,
  headers: ['content-type', 'text/html'],
  body: Buffer.from(
    `<html>\r\n<head><title>${status} ${STATUS_CODES[status]!}</title></head>\r\n<body>\r\n<center><h1>${status} ${STATUS_CODES[status]!}</h1></center>\r\n</body>\r\n</html>\r\n`,
  ),
})

async function drip(socket: Socket, answer: Answer, bytes: number): Promise<void> {
  await write(socket, head(answer, answer.body.length))
  for (let sent = 0; sent < answer.body.length && !socket.destroyed; sent += bytes) {
    await new Promise((done) => setTimeout(done, dripMs))
    await write(socket, answer.body.subarray(sent, sent + bytes))
  }
  socket.end()
}

/** A page that is JSON, and mostly blanks. */
async function bomb(response: ServerResponse, megabytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const blanks = ' '.repeat(1_048_576)
  const text = (function* () {
    yield '{"count":0,"next":null,"previous":null,"results":['
    for (let n = 0; n < megabytes; n++) yield blanks
    yield ']}'
  })()
  // A client that protects itself hangs up in the middle.
  await pipeline(Readable.from(text), createGzip(), response).catch(() => {})
}

/**
 * Sends an answer as a fault leaves it. What breaks the framing of HTTP is written to the
 * connection itself.
 *
 * @param path of the request, for a redirect that keeps it
 */
export async function sendFault(
  { kind, amount = 0, url }: TransportFault,
  answer: Answer,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const socket = response.socket
  if (!socket || socket.destroyed) return
  const { body } = answer
  // An answer without a body still has to miss something.
  const length = Math.max(body.length, 1)
  const short = Math.min(amount, length - 1)
  switch (kind) {
    case 'reset':
      socket.resetAndDestroy()
      return
    case 'reset-after-headers':
      await write(socket, head(answer, length))
      await write(socket, body.subarray(0, body.length >> 1))
      socket.resetAndDestroy()
      return
    case 'truncate':
      socket.end(Buffer.concat([Buffer.from(head(answer, length)), body.subarray(0, short)]))
      return
    case 'stall':
      if (amount > 0)
        await write(
          socket,
          Buffer.concat([Buffer.from(head(answer, length)), body.subarray(0, short)]),
        )
      return
    case 'drip':
      return drip(socket, answer, amount)
    case 'bad-json':
      return sendAnswer(response, { ...answer, body: body.subarray(0, body.length >> 1) })
    case 'html-502':
    case 'html-503':
    case 'html-504':
      return sendAnswer(response, errorPage(Number(kind.slice(-3))))
    case 'redirect':
      return sendAnswer(response, {
        status: 302,
        headers: ['location', url ?? `https://elsewhere.invalid${path}`],
        body: Buffer.alloc(0),
      })
    case 'wrong-length': {
      const wrong = Math.max(0, body.length + amount)
      socket.end(Buffer.concat([Buffer.from(head(answer, wrong)), body]))
      return
    }
    case 'gzip-bomb':
      return bomb(response, amount)
    case 'latency':
      await new Promise((done) => setTimeout(done, amount))
      return sendAnswer(response, answer)
  }
}
