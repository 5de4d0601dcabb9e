import type { SpecDocument } from '@cekura-kit/spec'
import type { Capability } from './capability.ts'
import type { TestRequest, TestResponse } from './request.ts'
import type { ResponseValidator } from './response-validator.ts'

/** The data of a sandbox that the suite started. */
export interface KnownData {
  rows: number
  pageSize: number
  maxPageSize: number
  otherAgentId: number
  /** Every call belongs to one of them. */
  assistants: readonly string[]
  /** Id of a row, by the operation that lists it. */
  rowIds: { readonly [operationId: string]: number }
}

/** A server that the suite tests. */
export interface Target extends AsyncDisposable {
  name: string
  url: string
  /** An agent whose calls the key may read. */
  agentId: number
  capabilities: ReadonlySet<Capability>
  /** Whether responses of an operation come from data; default: all of them, if any do. */
  isStateful?(operationId: string): boolean
  /** Others use this service: it gets few requests, and may send more than the document names. */
  isShared: boolean
  /** The document that it serves, for the capability `document`. */
  document?: SpecDocument | undefined
  known?: KnownData | undefined
  /**
   * @throws {NoResponseError} if no response arrives
   * @throws {UsageError} if the request would write to a service
   */
  send(request: TestRequest): Promise<TestResponse>
  /** POSTs to the control port and returns the status. */
  control?(path: string, body: unknown): Promise<number>
  /** Problems found in responses since the start, for the capability `violations`. */
  violations?(): readonly string[]
  /** Validates any response like those of another server, for the capability `validator`. */
  validateResponse?: ResponseValidator
}

/** Whether responses of an operation come from data, so that filters and pages have a meaning. */
export const isStateful = (
  target: Pick<Target, 'capabilities' | 'isStateful'>,
  operationId: string,
): boolean => target.capabilities.has('stateful') && (target.isStateful?.(operationId) ?? true)

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
