import { Agent, createServer, type Server } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { apiKeyHeader } from '@cekura-kit/types'
import { problemAnswer, sendAnswer, withoutHeaders, type Answer } from '../gateway/answer.ts'
import { exchange, TooLate } from '../gateway/exchange.ts'
import type { Backend, GatewayRequest } from '../gateway/start-gateway.ts'
import type { Violation } from '../prism/violation.ts'
import { readAnswer } from './read-answer.ts'

const answerWithinMs = 60_000
const idHeader = 'x-mock-answer'
// Prism answers these itself, or reads a body that is not there.
const unjudged = new Set(['HEAD', 'OPTIONS', 'TRACE', 'CONNECT'])

/** What the service said, once more, for Prism to read: Prism itself never speaks to the service. */
export interface Replay {
  server: Server
  /** Has an answer given to whoever asks with `id` while `use` runs. */
  lend<Value>(answer: Answer, use: (id: string) => Promise<Value>): Promise<Value>
}

export function createReplay(): Replay {
  const answers = new Map<string, Answer>()
  let last = 0
  return {
    server: createServer((request, response) => {
      const answer = answers.get(String(request.headers[idHeader]))
      sendAnswer(response, answer ?? problemAnswer(404, 'There is no such answer'))
    }),
    async lend(answer, use) {
      const id = String(++last)
      answers.set(id, answer)
      try {
        return await use(id)
      } finally {
        answers.delete(id)
      }
    },
  }
}

/**
 * The service itself, its answers handed through as they came and judged beside.
 *
 * The key goes to the origin of `upstream` and nowhere else: redirects are handed to the client,
 * and Prism judges a copy of the answer for a request without the key.
 */
export function createLiveBackend(options: {
  upstream: string
  replay: Replay
  /** Prism as a proxy of the replay. */
  prism: Backend
  onViolations(found: Violation[]): void
}): Backend {
  const { upstream, replay, prism, onViolations } = options
  const agent = upstream.startsWith('https:')
    ? new SecureAgent({ keepAlive: true })
    : new Agent({ keepAlive: true })

  async function judge(request: GatewayRequest, answer: Answer): Promise<void> {
    if (unjudged.has(request.method)) return
    const read = readAnswer(answer)
    if ('unreadable' in read) {
      onViolations([read.unreadable])
      return
    }
    const { status } = await replay.lend(read.readable, (id) =>
      prism.answer({
        ...request,
        // Whether the request is right is for the service to say.
        headers: ['accept', 'application/json', apiKeyHeader, 'not-the-key', idHeader, id],
        body: Buffer.alloc(0),
      }),
    )
    if (status !== answer.status && status !== 502)
      onViolations([
        {
          location: 'response',
          message: `Prism cannot judge an answer with status ${answer.status}`,
        },
      ])
  }

  return {
    async answer(request) {
      if (!request.path.startsWith('/'))
        return problemAnswer(400, 'The proxy speaks to one service; ask for a path of it')
      const outgoing = { ...request, headers: withoutHeaders(request.headers, new Set([idHeader])) }
      try {
        const answer = await exchange(upstream, outgoing, { agent, withinMs: answerWithinMs })
        await judge(request, answer)
        return answer
      } catch (error) {
        if (request.signal.aborted) throw error
        const why =
          error instanceof TooLate
            ? `gave no answer within ${answerWithinMs} ms`
            : `broke off: ${(error as NodeJS.ErrnoException).code ?? 'no HTTP'}`
        onViolations([{ location: 'response', message: `the service ${why}` }])
        return problemAnswer(502, `The service at ${new URL(upstream).origin} ${why}`)
      }
    },
  }
}
