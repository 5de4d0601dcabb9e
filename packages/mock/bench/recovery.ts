import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiKeyHeader } from '@cekura-kit/types'
import { startMock } from '../src/index.ts'
import {
  ask,
  descendants,
  line,
  path,
  startPrismCommand,
  untilAnswered,
  type Asked,
} from './measure.ts'

const mostMs = 2000
const hostile: [name: string, asked: Asked][] = [
  ['Accept: *', { headers: { accept: '*' } }],
  ['Accept: json', { headers: { accept: 'json' } }],
  ['Accept: text/html;a', { headers: { accept: 'text/html;a' } }],
  [
    'malformed JSON',
    { headers: { 'content-type': 'application/json' }, method: 'POST', body: '{' },
  ],
  ['empty JSON', { headers: { 'content-type': 'application/json' }, method: 'POST' }],
  ['path //', { at: '//' }],
  ['HEAD', { method: 'HEAD' }],
]

const json = { 'content-type': 'application/json' }
/** What a service can send at its worst. */
const answers: [name: string, respond: (response: ServerResponse) => void][] = [
  ...['json', 'application/json;', ''].map((type): [string, (response: ServerResponse) => void] => [
    `a service: content-type "${type}"`,
    (response) => response.writeHead(200, { 'content-type': type }).end('{}'),
  ]),
  [
    'a service: body that is cut',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '1000' })
      response.write('{"count":', () => response.socket!.destroy())
    },
  ],
]

/** The same behind `live-proxy`: a bad answer of the service, then a good one. */
async function benchAnswers(): Promise<void> {
  await using good = await startMock({ mode: 'sandbox', rows: 3 })
  const page = await (await fetch(good.url + path, { headers: { [apiKeyHeader]: 'k' } })).text()
  let respond: ((response: ServerResponse) => void) | undefined
  const service = createServer((_, response) => {
    if (respond) respond(response)
    else response.writeHead(200, json).end(page)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const upstream = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
  try {
    await using mock = await startMock({ mode: 'live-proxy', upstream })
    await ask(mock.url)
    for (const [name, bad] of answers) {
      respond = bad
      const start = performance.now()
      await ask(mock.url)
      respond = undefined
      await untilAnswered(mock.url, 10_000)
      const took = performance.now() - start
      line(name, took.toFixed(1).padStart(7), { isOver: took > mostMs, text: String(mostMs) })
    }
  } finally {
    service.closeAllConnections()
    service.close()
  }
}

/** How long a good request waits after a bad one, in ms; Prism alone beside it. */
export async function benchRecovery(): Promise<void> {
  console.log('\nhostile request, then a good one: ms until its answer; beside it prism mock')
  await using mock = await startMock()
  await ask(mock.url)
  for (const [name, asked] of hostile) {
    const start = performance.now()
    await ask(mock.url, asked)
    await untilAnswered(mock.url, 10_000)
    const took = performance.now() - start
    await using peer = await startPrismCommand('-v', 'silent')
    const peerStart = performance.now()
    const patience = new Promise<undefined>((done) => {
      setTimeout(() => done(undefined), mostMs).unref()
    })
    const answered = await Promise.race([ask(peer.url, asked), patience])
    const isBack = (await untilAnswered(peer.url, 1000)) !== undefined
    const peerMs = (performance.now() - peerStart).toFixed(0)
    const peerTook = isBack ? (answered === undefined ? 'hangs' : peerMs) : 'ends'
    line(name, `${took.toFixed(1).padStart(7)} ${peerTook.padStart(6)}`, {
      isOver: took > mostMs,
      text: String(mostMs),
    })
  }
  await benchAnswers()
  // At first a process has to be started; later one stands ready.
  for (const mode of ['static', 'proxied'] as const)
    for (const [when, afterMs] of [
      ['at once', 0],
      ['later', 20_000],
    ] as const) {
      const before = new Set(descendants(process.pid))
      await using mock = await startMock({ mode })
      const victim = descendants(process.pid).find((pid) => !before.has(pid))
      await ask(mock.url)
      await new Promise((done) => setTimeout(done, afterMs))
      const start = performance.now()
      process.kill(victim!, 'SIGKILL')
      await untilAnswered(mock.url, 10_000)
      const took = performance.now() - start
      line(`${mode}: its Prism killed ${when}`, took.toFixed(1).padStart(7), {
        isOver: took > mostMs,
        text: String(mostMs),
      })
    }
}
