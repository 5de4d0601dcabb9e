import { startPrism, type PrismServer } from '@cekura-kit/mock/prism'
import type { SpecDocument } from '@cekura-kit/spec'
import { createSend } from '../src/send.ts'
import { capabilitiesOf } from '../src/start-target.ts'
import type { Target } from '../src/target.ts'

/** The mock of any document, in this process: another one costs milliseconds. */
export function createMockTarget(document: SpecDocument): Target {
  let server: Promise<PrismServer> | undefined
  return {
    name: 'mock',
    url: '',
    agentId: 2142,
    capabilities: capabilitiesOf('mock'),
    isPolite: false,
    document,
    // Most mutants are found out before anything is asked.
    send: async (asked) => {
      const { url } = await (server ??= startPrism({ document }))
      return createSend({ url, key: 'contract-key' })(asked)
    },
    proxy: (upstream) => startPrism({ document, upstream }),
    async [Symbol.asyncDispose]() {
      await (await server)?.close()
    },
  }
}
