import { startPrism, type PrismServer } from '@cekura-kit/mock/prism'
import type { SpecDocument } from '@cekura-kit/spec'
import {
  startedCapabilities,
  createHttpClient,
  createResponseValidator,
  type Target,
} from '../contract-internals.ts'

/** The mock of any document, inside this process: starting another one takes milliseconds. */
export function createMockTarget(document: SpecDocument): Target {
  let server: Promise<PrismServer> | undefined
  return {
    name: 'mock',
    url: '',
    agentId: 2142,
    capabilities: startedCapabilities.mock,
    isShared: false,
    document,
    // Most mutants fail a check before the first request.
    send: async (request) => {
      // Prism changes the document that it is given.
      const { url } = await (server ??= startPrism({ document: structuredClone(document) }))
      return createHttpClient({ url, key: 'contract-key' })(request)
    },
    validateResponse: createResponseValidator(document),
    async [Symbol.asyncDispose]() {
      await (await server)?.close()
    },
  }
}
