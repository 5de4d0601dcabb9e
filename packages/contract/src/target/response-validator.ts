import type { SpecDocument } from '@cekura-kit/spec'
import type { TestRequest } from './request.ts'

/** A response that a server could send. */
export interface StubResponse {
  status: number
  headers: Record<string, string>
  body: string
}

/** Returns everything that is wrong with the response to a request. */
export type ResponseValidator = (
  request: TestRequest,
  response: StubResponse,
) => Promise<readonly string[]>

/** The validation of the mode `proxied`, without a server. */
export function createResponseValidator(document: SpecDocument): ResponseValidator {
  // Loading Prism takes a second, and only one group of checks needs it in this process.
  const load = async () => {
    const { createPrismVerifier } = await import('@cekura-kit/mock/prism')
    // Prism changes the document that it is given.
    return createPrismVerifier(structuredClone(document))
  }
  let verifier: ReturnType<typeof load> | undefined
  return async ({ method = 'GET', path, query = [] }, { status, headers, body }) => {
    const verify = await (verifier ??= load())
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const exchange = { method, path, query, status, headers: Object.fromEntries(lowerCase), body }
    return verify(exchange).then(
      (findings) => findings.map(({ location, message }) => `${location} ${message}`),
      (error: unknown) => [`cannot be read: ${String(error)}`],
    )
  }
}
