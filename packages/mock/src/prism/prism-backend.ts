import { headerOf, problemResponse, withoutHeaders, type MockResponse } from '../api/response.ts'
import type { OperationRequest } from '../api/create-api.ts'
import { Agent } from 'node:http'
import { exchangeHttp } from '../gateway/http-exchange.ts'
import { MockError } from '../mock-error.ts'
import type { Exchange } from './prism-verifier.ts'
import { PrismTimeout, type PrismSupervisor } from './supervise-prism.ts'
import { parseFindings, type Finding } from './violation.ts'

// Without kept connections: Prism could close one as it is used again.
const agent = new Agent({ keepAlive: false })
const respondWithinMs = 30_000

const isMediaRange = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;[^,]*)?$/

/**
 * Headers that Prism can read. An invalid range of `Accept`, such as the `*` of Java's client, would
 * end it: such ranges are removed, and an empty list becomes any type.
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

/**
 * The response of Prism from the examples or schemas of an operation, and what Prism found wrong
 * with it.
 */
export async function respondWithPrism(
  prism: PrismSupervisor,
  request: OperationRequest,
): Promise<{ response: MockResponse; findings: Finding[] }> {
  const { pathname, query } = request
  const forwarded = {
    ...request,
    target: `${pathname}${query.size > 0 ? `?${query}` : ''}`,
    headers: readableHeaders(request.headers),
  }
  try {
    const response = await prism.run(({ url }) =>
      exchangeHttp(url, forwarded, { agent, withinMs: respondWithinMs }),
    )
    const header = headerOf(response, 'sl-violations')
    return { response, findings: header === undefined ? [] : parseFindings(header) }
  } catch (error) {
    if (request.signal.aborted || error instanceof MockError) throw error
    const response =
      error instanceof PrismTimeout
        ? problemResponse(504, error.message)
        : problemResponse(502, 'Prism ended on this request.')
    return { response, findings: [] }
  }
}

/**
 * What Prism finds wrong with a response of a service.
 *
 * @throws {NotValidated|PrismTimeout} if Prism cannot validate it
 */
export function validateWithPrism(
  prism: PrismSupervisor,
  request: { method: string; pathname: string; query: URLSearchParams },
  { status, headers, body }: MockResponse,
): Promise<Finding[]> {
  const names = new Map<string, string>()
  const known = withoutHeaders(headers, new Set(['content-encoding']))
  for (let n = 0; n < known.length; n += 2) names.set(known[n]!.toLowerCase(), known[n + 1]!)
  const exchange: Exchange = {
    method: request.method,
    path: request.pathname,
    query: [...request.query],
    status,
    headers: Object.fromEntries(names),
    body: new TextDecoder().decode(body),
  }
  return prism.run((process) => process.verify(exchange))
}
