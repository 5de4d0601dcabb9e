import { headerOf, problemAnswer, type Answer } from '../gateway/answer.ts'
import { exchange, TooLate } from '../gateway/exchange.ts'
import type { Backend, GatewayRequest } from '../gateway/start-gateway.ts'
import type { PrismSupervisor } from './supervise-prism.ts'
import { parseViolations, type Violation } from './violation.ts'

/** An answer that takes longer makes the process suspect. */
const suspectAfterMs = 2000

const isMediaRange = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;[^,]*)?$/

/**
 * What Prism can read. A range of `Accept` that is none, as the `*` of Java's own client, would end
 * it: such ranges are left out, and what is left of nothing is anything.
 */
export function readableHeaders(headers: readonly string[]): string[] {
  const readable: string[] = []
  for (let n = 0; n < headers.length; n += 2) {
    const [name, value] = [headers[n]!, headers[n + 1]!]
    if (name.toLowerCase() !== 'accept') readable.push(name, value)
    else {
      const ranges = value
        .split(',')
        .filter((range) => isMediaRange.test(range))
        .map((range) => range.replace(/;\s*$|;(?!\s*[\w-]+=).*$/, ''))
      readable.push(name, ranges.join(',') || '*/*')
    }
  }
  return readable
}

/** Why Prism would never answer a request, undefined when it will. */
function hangingBody(request: GatewayRequest): string | undefined {
  const { body } = request
  if (body.length === 0 || !/[/+]json/i.test(headerOf(request, 'content-type') ?? ''))
    return undefined
  try {
    JSON.parse(body.toString())
    return undefined
  } catch {
    return 'The request body is not JSON, which its content-type says it is'
  }
}

/**
 * Answers through supervised Prism.
 *
 * A process that ends takes the oldest request with it, which gets 502; the others go to the next
 * process. Each end costs one request, so this ends.
 *
 * @param withinMs how long an answer may take
 */
export function createPrismBackend(options: {
  prism: PrismSupervisor
  withinMs: number
  /** Whether Prism judges the answers of a service; what it has not judged is a violation then. */
  verifies: boolean
  onViolations(found: Violation[]): void
}): Backend {
  const { prism, withinMs, verifies, onViolations } = options

  async function answer(request: GatewayRequest): Promise<Answer> {
    const unreadable = hangingBody(request)
    if (unreadable) return problemAnswer(400, unreadable)
    const ticket = {}
    for (let lost = 0; ;) {
      const process = await prism.running()
      process.waiting.add(ticket)
      const suspect = setTimeout(() => void process.isAlive(), suspectAfterMs)
      try {
        const readable = { ...request, headers: readableHeaders(request.headers) }
        const found = await exchange(process.url, readable, { agent: process.agent, withinMs })
        process.answered++
        const violations = headerOf(found, 'sl-violations')
        if (violations !== undefined) onViolations(parseViolations(violations))
        return found
      } catch (error) {
        if (request.signal.aborted) throw error
        if (error instanceof TooLate)
          return problemAnswer(504, `Prism gave no answer within ${withinMs} ms`)
        const isAlive = await process.isAlive()
        if (!isAlive && process.blamed === ticket) {
          if (verifies)
            onViolations([{ location: '', message: 'Prism ended before it had judged an answer' }])
          return problemAnswer(502, 'Prism ended on this request')
        }
        // A connection that Prism closed as it was used again is nobody's fault, once or twice.
        if (isAlive && ++lost > 2) throw error
      } finally {
        clearTimeout(suspect)
        process.waiting.delete(ticket)
      }
    }
  }
  return { answer }
}
