import type { CallStore } from '../../data/call-store.ts'
import type { Fault } from '../../faults/fault.ts'
import type { OperationRequest } from '../create-api.ts'
import type { RequestRules } from '../request-rules.ts'
import type { SandboxSettings } from '../sandbox-options.ts'

/** What an operation of the sandbox works with. */
export interface OperationContext {
  request: OperationRequest
  rules: RequestRules
  settings: SandboxSettings
  store: CallStore
  /** An id for a call that is sent. */
  newId: () => number
  fault: Fault | undefined
  nowMs: number
  /** Start of the links between pages, without a trailing slash. */
  publicUrl: string
}

/**
 * Serves an operation from the data of the sandbox.
 *
 * @throws {ErrorReply} if the API, as assumed, would reject the request
 */
export type Handler = (context: OperationContext) => { status: number; body: object }
