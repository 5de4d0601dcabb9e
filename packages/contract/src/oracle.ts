import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSend } from './send.ts'
import type { Asked } from './target.ts'

/** An answer that the adversary gives. */
export interface Script {
  status: number
  headers?: Record<string, string>
  body: string
}

/** What the target's engine makes of an answer. */
export interface Judgement {
  status: number
  violations: readonly string[]
}

/** The target's engine in front of a service that answers whatever it is told to. */
export interface Oracle extends AsyncDisposable {
  ask(asked: Asked, script: Script): Promise<Judgement>
}

export const jsonHeaders = { 'content-type': 'application/json' }

/** An oracle over HTTP: an adversary that listens, and a proxy in front of it. */
export async function startOracle(
  startProxy: (upstream: string) => Promise<{ url: string } & AsyncDisposable>,
): Promise<Oracle> {
  let next: Script = { status: 200, body: '' }
  const adversary = createServer((_, response) => {
    const { status, headers = jsonHeaders, body } = next
    response.writeHead(status, headers).end(body)
  })
  adversary.listen(0, '127.0.0.1')
  await once(adversary, 'listening')
  const { port } = adversary.address() as AddressInfo
  const proxy = await startProxy(`http://127.0.0.1:${port}`)
  const send = createSend({ url: proxy.url, key: 'contract-key' })
  return {
    ask(asked, script) {
      next = script
      return send(asked)
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      adversary.closeAllConnections()
      await new Promise((done) => adversary.close(done))
    },
  }
}
