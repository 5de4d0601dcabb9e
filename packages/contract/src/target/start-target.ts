import { startMock, type ServedOperation } from '@cekura-kit/mock'
import { bundleSpec, type SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import type { Capability } from './capability.ts'
import { createHttpClient } from './http.ts'
import { createResponseValidator } from './response-validator.ts'
import type { KnownData, Target } from './target.ts'

const key = 'contract-key'

/** The data of the sandbox that the suite starts: small, with several pages. */
export const knownData: KnownData = {
  rows: 137,
  pageSize: 20,
  maxPageSize: 50,
  otherAgentId: 2143,
  assistants: ['asst_1234567890', 'agent_xyz789'],
  rowIds: { 'callLogs.list': 200_000_001 },
}

const agentId = 2142
const sandboxCapabilities = ['stateful', 'known', 'control', 'writes'] as const
const capabilitiesByName: { [name in StartedName]: readonly Capability[] } = {
  mock: ['document', 'prefer', 'dynamic', 'validator', 'writes'],
  sandbox: sandboxCapabilities,
  proxied: [...sandboxCapabilities, 'violations'],
}

/** Targets that the suite starts and stops. */
export const startedNames = ['mock', 'sandbox', 'proxied'] as const
export type StartedName = (typeof startedNames)[number]

/** What a target offers to checks. */
export const capabilitiesOf = (name: StartedName): Pick<Target, 'capabilities'> => ({
  capabilities: new Set(capabilitiesByName[name]),
})

/** Whether a mock answers an operation from stored data, as its control port reports it. */
export async function readStateful(controlUrl: string): Promise<NonNullable<Target['isStateful']>> {
  const response = await fetch(`${controlUrl}/operations`)
  const operations = (await response.json()) as ServedOperation[]
  const stateful = operations.filter(({ servedBy }) => servedBy === 'sandbox')
  return (id) => stateful.some(({ operationId }) => operationId === id)
}

/** Sends POST requests to a control port. */
export const createControl =
  (url: string) =>
  async (path: string, body: unknown): Promise<number> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await response.arrayBuffer()
    return response.status
  }

/**
 * Starts the mock, the sandbox, or the sandbox behind Prism.
 *
 * @param spec OpenAPI file; default: the document of `@cekura-kit/types`
 * @throws {MockError|SpecError} if it cannot start
 */
export async function startTarget(name: StartedName, spec?: string): Promise<Target> {
  const { rows, pageSize, maxPageSize } = knownData
  const mock = await startMock({
    mode: name === 'mock' ? 'static' : name,
    rows,
    pageSize,
    maxPageSize,
    spec,
  })
  const document =
    spec === undefined ? (bundled as unknown as SpecDocument) : (await bundleSpec(spec)).document
  const violations = (): string[] =>
    mock.violations().map(({ location, message }) => `${location} ${message}`)
  const earlier: string[] = []
  const post = createControl(mock.controlUrl)
  const control = (path: string, body: unknown): Promise<number> => {
    // A reset clears them.
    if (path === '/reset') earlier.push(...violations())
    return post(path, body)
  }
  return {
    name,
    url: mock.url,
    agentId,
    ...capabilitiesOf(name),
    isStateful: await readStateful(mock.controlUrl),
    isShared: false,
    send: createHttpClient({ url: mock.url, key }),
    ...(name === 'mock'
      ? { document, validateResponse: createResponseValidator(document) }
      : { known: knownData, control }),
    ...(name === 'proxied' && {
      violations: () => [...earlier, ...violations()],
    }),
    [Symbol.asyncDispose]: () => mock.close(),
  }
}
