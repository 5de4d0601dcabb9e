import type { Operation } from '@cekura-kit/spec/document'
import { apiKeyHeader, type CallLog } from '@cekura-kit/types'
import { createJournal, type Journal, type JournalEntry } from '../control/journal.ts'
import { createVirtualClock, type VirtualClock } from '../control/virtual-clock.ts'
import { createCallStore, type CallStore } from '../data/call-store.ts'
import {
  createFaultQueue,
  faultHeader,
  formatRetryAfter,
  parseFaultHeader,
  type Fault,
} from '../faults/fault.ts'
import { MockError } from '../mock-error.ts'
import type { OperationRequest } from './create-api.ts'
import type { Handler } from './operations/handler.ts'
import { handlerOf } from './operations/stateful-operations.ts'
import { ErrorReply } from './read-query.ts'
import { createRequestRules, type RequestRules } from './request-rules.ts'
import { successSchema, withRequired } from './sample-value.ts'
import { headerOf, jsonResponse, type MockResponse } from './response.ts'
import {
  readSandboxOptions,
  type SandboxOptions,
  type SandboxReset,
  type SandboxSettings,
} from './sandbox-options.ts'

export interface Sandbox {
  /**
   * @param publicUrl start of the links between pages, without a trailing slash
   * @param example response of an operation that the sandbox keeps no state for
   */
  respond(
    request: OperationRequest,
    publicUrl: string,
    example: () => Promise<MockResponse>,
  ): Promise<MockResponse>
  settings(): SandboxSettings
  store(): CallStore
  insert(calls: readonly CallLog[]): void
  setFaults(faults: readonly Fault[]): void
  clock(): VirtualClock
  /** The last 10,000 requests, oldest first. */
  journal(): readonly JournalEntry[]
  /** Restores the initial state, or replaces the data. @throws {MockError} if a value is invalid */
  reset(change?: SandboxReset): void
}

const journalEntries = 10_000
// Above the ids of every agent's generated calls.
const firstSentId = 2_100_000_001

/** What a reset creates again. */
interface State {
  settings: SandboxSettings
  store: CallStore
  /** An id for a call that is sent. */
  newId: () => number
  clock: VirtualClock
  nextFault: () => Fault | undefined
  journal: Journal
}

function createState(settings: SandboxSettings): State {
  const clock = createVirtualClock(settings.clockMs, settings.realTime ? Date.now : undefined)
  let nextId = firstSentId
  return {
    settings,
    store: createCallStore(settings, clock.nowMs),
    newId: () => nextId++,
    clock,
    nextFault: createFaultQueue([]),
    journal: createJournal(journalEntries),
  }
}

/**
 * A 400 names a parameter of the operation, as the API does.
 *
 * @throws {ErrorReply} if the fault has a status
 */
function throwFault({ status, retryAfter }: Fault, { parameters }: Operation): void {
  if (status === undefined) return
  const field = status === 400 ? (parameters[0]?.name ?? 'non_field_errors') : undefined
  const body = field ? { [field]: ['Injected fault.'] } : { detail: 'Injected fault.' }
  const headers = retryAfter === undefined ? [] : ['retry-after', formatRetryAfter(retryAfter)]
  throw new ErrorReply(status, body, headers)
}

const noKey = { detail: 'Authentication credentials were not provided.' }

/**
 * A stateful service with sample call logs. What the real one does beyond its documentation is an
 * assumption of its profile.
 *
 * @throws {MockError} if an option is invalid
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { latencyMs = 0 } = options
  const { startMs, endMs } = readSandboxOptions(options)
  // Read once: `now` is the same after a reset.
  const initial = { ...options, startMs, endMs }
  let state = createState(readSandboxOptions(initial))
  const rulesOf = new WeakMap<Operation, RequestRules>()
  function rules({ operation, document }: OperationRequest): RequestRules {
    const found = rulesOf.get(operation) ?? createRequestRules(document, operation)
    rulesOf.set(operation, found)
    return found
  }

  function serve(
    handler: Handler,
    request: OperationRequest,
    publicUrl: string,
    fault: Fault | undefined,
  ): MockResponse {
    const errors = rules(request).checkBody(request.json)
    if (Object.keys(errors).length > 0) throw new ErrorReply(400, errors)
    const { document, operation } = request
    const { status, body } = handler({
      ...state,
      request,
      rules: rules(request),
      nowMs: state.clock.nowMs(),
      fault,
      publicUrl,
    })
    const complete = withRequired(document, successSchema(document, operation), body)
    return jsonResponse(status, complete)
  }

  return {
    async respond(request, publicUrl, example) {
      const { operation, pathname, query } = request
      const { clock, journal, nextFault, settings } = state
      clock.tick()
      let waitMs = latencyMs
      let fault: Fault | undefined
      async function decide(): Promise<MockResponse> {
        if (!headerOf(request, apiKeyHeader.toLowerCase()))
          throw new ErrorReply(settings.assumptions.missingKey, noKey)
        // Only a request with a key uses up a fault.
        const header = headerOf(request, faultHeader)
        fault = header === undefined ? nextFault() : parseFaultHeader(header)
        waitMs += fault?.latencyMs ?? 0
        if (fault) throwFault(fault, operation)
        const handler = handlerOf(operation)
        return handler ? serve(handler, request, publicUrl, fault) : example()
      }
      const response = await decide().catch((error: unknown) => {
        if (error instanceof ErrorReply) return rules(request).errorResponse(error)
        if (!(error instanceof MockError)) throw error
        return jsonResponse(400, { [faultHeader]: [error.message] })
      })
      journal.add({
        operationId: operation.operationId,
        method: request.method,
        path: pathname,
        query: Object.fromEntries(query),
        status: response.status,
        ...(fault && { by: 'fault' }),
      })
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
      return response
    },
    settings: () => state.settings,
    store: () => state.store,
    insert: (calls) => state.store.insert(calls),
    setFaults: (faults) => (state.nextFault = createFaultQueue(faults)),
    clock: () => state.clock,
    journal: () => state.journal.last(),
    reset(change = {}) {
      state = createState(readSandboxOptions({ ...initial, ...change }))
    },
  }
}
