import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSend } from './send.ts'
import type { Answer, Asked, Target } from './target.ts'

/** An answer that the adversary gives. */
export interface Script {
  status: number
  headers?: Record<string, string>
  body: string
}

export interface Oracle extends AsyncDisposable {
  /** Asks through the target's engine, with the adversary behind it. */
  ask(asked: Asked, script: Script): Promise<Answer>
}

/** Puts the target's engine in front of a service that answers whatever it is told to. */
export async function startOracle(target: Target): Promise<Oracle> {
  let next: Script = { status: 200, body: '' }
  const adversary = createServer((_, response) => {
    const { status, headers = { 'content-type': 'application/json' }, body } = next
    response.writeHead(status, headers).end(body)
  })
  adversary.listen(0, '127.0.0.1')
  await once(adversary, 'listening')
  const { port } = adversary.address() as AddressInfo
  const proxy = await target.proxy!(`http://127.0.0.1:${port}`)
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
