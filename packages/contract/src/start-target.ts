import { startMock } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import type { Need } from './check.ts'
import { startOracle } from './oracle.ts'
import { createSend } from './send.ts'
import type { KnownData, Target } from './target.ts'

const key = 'contract-key'

/** The sandbox that the suite is run against: small, with one page more than a few. */
export const knownData: KnownData = {
  rows: 137,
  pageSize: 20,
  maxPageSize: 50,
  otherAgentId: 2143,
  assistants: ['asst_1234567890', 'agent_xyz789'],
}

const agentId = 2142
const ofSandbox = ['stateful', 'known', 'control', 'faults', 'expendable', 'writes'] as const
const capabilities: { [name in StartedName]: readonly Need[] } = {
  mock: ['document', 'prefer', 'dynamic', 'proxy', 'expendable', 'writes'],
  sandbox: ofSandbox,
  proxied: [...ofSandbox, 'violations'],
}

export type StartedName = 'mock' | 'sandbox' | 'proxied'

/** What a target will be held to, known before it is started. */
export const capabilitiesOf = (name: StartedName): ReadonlySet<Need> => new Set(capabilities[name])

/** POST to a control port. */
export const createControl =
  (url: string) =>
  async (path: string, body: unknown): Promise<number> => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    await response.arrayBuffer()
    return response.status
  }

/**
 * Starts what a name stands for: the mock, the sandbox, or the sandbox behind Prism.
 *
 * @throws {MockError} when it cannot start
 */
export async function startTarget(name: StartedName): Promise<Target> {
  const { rows, pageSize, maxPageSize } = knownData
  const mock = await startMock({
    mode: name === 'mock' ? 'static' : name,
    rows,
    pageSize,
    maxPageSize,
  })
  const document = bundled as unknown as SpecDocument
  return {
    name,
    url: mock.url,
    agentId,
    capabilities: capabilitiesOf(name),
    isPolite: false,
    send: createSend({ url: mock.url, key }),
    ...(name === 'mock'
      ? {
          document,
          // Prism is a second of start-up that nothing else needs.
          async startOracle() {
            const { startPrism } = await import('@cekura-kit/mock/prism')
            return startOracle((upstream) => startPrism({ document, upstream }))
          },
        }
      : { known: knownData, control: createControl(mock.controlUrl!) }),
    ...(name === 'proxied' && {
      violations: () => mock.violations().map(({ location, message }) => `${location} ${message}`),
    }),
    [Symbol.asyncDispose]: mock.close,
  }
}
