import { createPrismVerifier, startPrism, type PrismServer } from '@cekura-kit/mock/prism'
import type { SpecDocument } from '@cekura-kit/spec'
import {
  capabilitiesOf,
  createHttpClient,
  jsonHeaders,
  type ResponseValidator,
  type Target,
} from '../contract-internals.ts'

/** The mock of any document, inside this process: starting another one takes milliseconds. */
export function createMockTarget(document: SpecDocument): Target {
  let server: Promise<PrismServer> | undefined
  let verifier: ReturnType<typeof createPrismVerifier> | undefined
  return {
    name: 'mock',
    url: '',
    agentId: 2142,
    ...capabilitiesOf('mock'),
    isShared: false,
    document,
    // Most mutants fail a check before the first request.
    send: async (request) => {
      const { url } = await (server ??= startPrism({ document }))
      return createHttpClient({ url, key: 'contract-key' })(request)
    },
    startResponseValidator: async () =>
      toResponseValidator(await (verifier ??= createPrismVerifier(document))),
    async [Symbol.asyncDispose]() {
      await (await server)?.close()
    },
  }
}

/** Validates the hundreds of responses per mutant without a connection. */
const toResponseValidator = (
  verify: Awaited<ReturnType<typeof createPrismVerifier>>,
): ResponseValidator => ({
  async validate({ method = 'GET', path, query = [] }, { status, headers = jsonHeaders, body }) {
    const exchange = { method, path, query, status, headers: toLowerCaseNames(headers), body }
    const found = await verify(exchange)
    return { status, violations: found.map(({ location, message }) => `${location} ${message}`) }
  },
  async [Symbol.asyncDispose]() {},
})

const toLowerCaseNames = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
