import type { SpecDocument } from '@cekura-kit/spec'
import { createLogger } from '@stoplight/prism-core'
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpResponse,
} from '@stoplight/prism-http'
import type { Violation } from './violation.ts'

/** What a service was asked, and what it answered. */
export interface Exchange {
  method: string
  path: string
  query: readonly (readonly [string, string])[]
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

const isJson = (mediaType = ''): boolean =>
  /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(mediaType)

/**
 * Prism's verdict on an answer, as its proxy gives it, without a connection on either side: a
 * hundred times as many in the same time.
 *
 * @returns a function to what is wrong with an answer, empty when nothing is; it rejects when the
 * document has no such operation, or Prism cannot read the answer
 */
export async function createPrismVerifier(
  document: SpecDocument,
): Promise<(exchange: Exchange) => Promise<Violation[]>> {
  const operations = await getHttpOperationsFromSpec(document)
  const answers = new WeakMap<object, IHttpResponse>()
  const prism = createInstance(
    {
      isProxy: true,
      upstream: new URL('http://127.0.0.1'),
      upstreamProxy: undefined,
      checkSecurity: false,
      validateRequest: false,
      validateResponse: true,
      errors: true,
      mock: { dynamic: false },
    },
    {
      logger: createLogger('verifier', { level: 'silent' }),
      forward:
        ({ data }) =>
        () =>
        () =>
          Promise.resolve({ _tag: 'Right', right: answers.get(data)! }),
    },
  )
  return async ({ method, path, query, status, headers, body }) => {
    const read = status !== 204 && isJson(headers['content-type']) ? JSON.parse(body) : body
    const request = {
      method: method.toLowerCase() as 'get',
      url: { path, query: Object.fromEntries(query) },
      headers: { accept: 'application/json' },
    }
    answers.set(request, { statusCode: status, headers, body: read as unknown })
    const judged = await prism.request(request, operations)()
    if (judged._tag === 'Left') throw judged.left
    return judged.right.validations.output.map(({ path: at = [], message }) => ({
      location: ['response', ...at].join('.'),
      message,
    }))
  }
}
