import type { SpecDocument } from '@cekura-kit/spec'
import { createLogger } from '@stoplight/prism-core'
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpResponse,
} from '@stoplight/prism-http'
import { isJsonType } from '../api/response.ts'
import type { Finding } from './violation.ts'

/** A request and the response to it. */
export interface Exchange {
  method: string
  path: string
  query: readonly (readonly [string, string])[]
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/** Of Prism's diagnostic severities. */
const warning = 1

/** How Prism's proxy validates responses, and nothing else. */
export const proxyConfig = (upstream: string) => ({
  isProxy: true as const,
  upstream: new URL(upstream),
  upstreamProxy: undefined,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: true,
  errors: true,
  mock: { dynamic: false as const },
})

/**
 * Prism's validation of responses, as in its proxy, without a connection on either side. Nothing of
 * the response can reach the result but through Prism.
 *
 * @returns a function from an exchange to everything wrong with its response. It rejects if the
 * document has no such operation, or Prism cannot read the response
 */
export async function createPrismVerifier(
  document: SpecDocument,
): Promise<(exchange: Exchange) => Promise<Finding[]>> {
  const operations = await getHttpOperationsFromSpec(document)
  const responses = new WeakMap<object, IHttpResponse>()
  const prism = createInstance(proxyConfig('http://127.0.0.1'), {
    logger: createLogger('verifier', { level: 'silent' }),
    forward:
      ({ data }) =>
      () =>
      () =>
        Promise.resolve({ _tag: 'Right', right: responses.get(data)! }),
  })
  return async ({ method, path, query, status, headers, body }) => {
    const parsed: unknown =
      status !== 204 && isJsonType(headers['content-type']) ? JSON.parse(body) : body
    const request = {
      method: method.toLowerCase() as 'get',
      url: { path, query: Object.fromEntries(query) },
      headers: { accept: 'application/json' },
    }
    responses.set(request, { statusCode: status, headers, body: parsed })
    const result = await prism.request(request, operations)()
    if (result._tag === 'Left') throw result.left
    return result.right.validations.output.map(({ path: at = [], message, severity }) => ({
      location: ['response', ...at].join('.'),
      message,
      severity: Number(severity) === warning ? 'warning' : 'error',
    }))
  }
}
