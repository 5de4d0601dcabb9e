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

/** Targets that the suite starts and stops. */
export const startedNames = ['mock', 'sandbox', 'proxied'] as const
export type StartedName = (typeof startedNames)[number]

const ofSandbox = ['stateful', 'known', 'control', 'writes'] as const

/** What each target offers to checks. */
export const startedCapabilities: { [name in StartedName]: ReadonlySet<Capability> } = {
  mock: new Set(['document', 'prefer', 'dynamic', 'validator', 'writes']),
  sandbox: new Set(ofSandbox),
  proxied: new Set([...ofSandbox, 'violations']),
}

/** Sends a POST request to the control port and returns the status. */
async function post(url: string, body: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
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
    // A warning is an error status that the document does not have: the server may choose it.
    mock
      .violations()
      .flatMap(({ location, message, severity }) =>
        severity === 'error' ? `${location} ${message}` : [],
      )
  const earlier: string[] = []
  const control = (path: string, body: unknown): Promise<number> => {
    // A reset clears them.
    if (path === '/reset') earlier.push(...violations())
    return post(mock.controlUrl + path, body)
  }
  const operations = await fetch(`${mock.controlUrl}/operations`)
  const served = (await operations.json()) as ServedOperation[]
  const stateful = new Set(
    served.filter(({ servedBy }) => servedBy === 'sandbox').map(({ operationId }) => operationId),
  )
  return {
    name,
    url: mock.url,
    agentId,
    capabilities: startedCapabilities[name],
    isStateful: (operationId) => stateful.has(operationId),
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
