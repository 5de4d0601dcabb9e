import { createPrismVerifier, startPrism, type PrismServer } from '@cekura-kit/mock/prism'
import type { SpecDocument } from '@cekura-kit/spec'
import { jsonHeaders, type ResponseValidator } from '../contract-internals.ts'
import { createHttpClient } from '../contract-internals.ts'
import { capabilitiesOf } from '../contract-internals.ts'
import type { Target } from '../contract-internals.ts'

/** The mock of any document, in this process: another one costs milliseconds. */
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
    // Most mutants are found out before anything is asked.
    send: async (asked) => {
      const { url } = await (server ??= startPrism({ document }))
      return createHttpClient({ url, key: 'contract-key' })(asked)
    },
    startResponseValidator: async () =>
      toValidator(await (verifier ??= createPrismVerifier(document))),
    async [Symbol.asyncDispose]() {
      await (await server)?.close()
    },
  }
}

/** Hundreds of answers a mutant: they are judged where no connection is in the way. */
const toValidator = (
  verify: Awaited<ReturnType<typeof createPrismVerifier>>,
): ResponseValidator => ({
  async validate({ method = 'GET', path, query = [] }, { status, headers = jsonHeaders, body }) {
    const exchange = { method, path, query, status, headers: inLowerCase(headers), body }
    const found = await verify(exchange)
    return { status, violations: found.map(({ location, message }) => `${location} ${message}`) }
  },
  async [Symbol.asyncDispose]() {},
})

const inLowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
