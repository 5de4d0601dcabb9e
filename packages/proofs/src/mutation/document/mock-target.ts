import { startPrism, type PrismServer } from '@cekura-kit/mock/prism'
import { responseOf, type SpecDocument } from '@cekura-kit/spec'
import {
  createHttpClient,
  expectConforming,
  ExpectationError,
  readContract,
  startedCapabilities,
  type Target,
} from '../contract-internals.ts'

/**
 * Validates responses against the schemas of the document. The suite itself uses Prism for that, which
 * takes ten times as long and has its own tests.
 */
function createResponseValidator(document: SpecDocument): NonNullable<Target['validateResponse']> {
  return async ({ method }, { status, headers, body }) => {
    const contract = readContract(document)
    const [operation] = contract.operations
    if (!operation || operation.method !== method) return [`${method} is not documented`]
    // Like Prism: without documented content any body is valid.
    const content = Object.keys(responseOf(operation, status)?.content ?? { any: {} })
    const text = content.length === 0 ? '' : body
    const response = { status, headers: new Headers(headers), text, request: '' }
    try {
      expectConforming(contract, { isShared: true }, operation, response, [status])
      return []
    } catch (error) {
      if (error instanceof ExpectationError) return [error.message]
      throw error
    }
  }
}

/** The mock of a document with one operation, inside this process: starting another one is fast. */
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
