import type { CallLog } from '@cekura-kit/types'
import type { Sandbox } from '../api/sandbox.ts'
import { checkReset, type SandboxReset } from '../api/sandbox-options.ts'
import { checkFaults } from '../faults/fault.ts'
import { MockError } from '../mock-error.ts'
import type { Violation } from '../prism/violation.ts'
import { isRecord, parseDateTime } from '../validate-input.ts'

/** An operation of the document and what answers it. */
export interface ServedOperation {
  operationId: string
  method: string
  path: string
  servedBy: 'sandbox' | 'prism' | 'examples' | 'upstream'
}

/** What control does to a mock. Without `sandbox` and `setTransportFaults` it only reads. */
export interface ControlledMock {
  operations(): readonly ServedOperation[]
  violations(): readonly Violation[]
  reset?: ((change: SandboxReset) => Promise<void>) | undefined
  setTransportFaults?: ((schedule: string) => void) | undefined
  sandbox: Sandbox | undefined
}

/** A route, by method and path: takes the parsed body, returns the response body. */
export type ControlRoutes = ReadonlyMap<string, (body: unknown) => unknown>

/** The response body of a call that does not exist. */
export const notFound: unique symbol = Symbol('not found')

function checkCalls(value: unknown): CallLog[] {
  if (!Array.isArray(value)) throw new MockError('Invalid call logs: expected an array.')
  for (const [n, call] of value.entries())
    if (
      !isRecord(call) ||
      !Number.isSafeInteger(call['id']) ||
      parseDateTime(call['timestamp']) === undefined
    )
      throw new MockError(
        `Invalid call log ${n}: expected an integer id and a timestamp such as "2025-01-31T09:00:00Z".`,
      )
  return value as CallLog[]
}

function checkIds(value: unknown): number[] {
  if (!Array.isArray(value) || !value.every(Number.isSafeInteger))
    throw new MockError('Invalid ids: expected an array such as [200000001].')
  return value as number[]
}

function checkChange(value: unknown): { id: number } & Partial<CallLog> {
  if (!isRecord(value) || !Number.isSafeInteger(value['id']))
    throw new MockError('Invalid update: expected the id of a call and the fields to change.')
  // A call without one would be in no list.
  if ('timestamp' in value && parseDateTime(value['timestamp']) === undefined)
    throw new MockError(
      `Invalid timestamp ${JSON.stringify(value['timestamp'])}: expected one such as "2025-01-31T09:00:00Z".`,
    )
  return value as { id: number } & Partial<CallLog>
}

function sandboxRoutes(sandbox: Sandbox): [string, (body: unknown) => unknown][] {
  const clockState = (): object => ({ now: new Date(sandbox.clock().nowMs()).toISOString() })
  return [
    ['GET /requests', () => sandbox.journal()],
    ['GET /clock', clockState],
    ['POST /insert', (body) => sandbox.insert(checkCalls(body))],
    [
      'POST /update',
      (body) => {
        const { id, ...change } = checkChange(body)
        return sandbox.store().update(id, change) ? undefined : notFound
      },
    ],
    ['POST /delete', (body) => sandbox.store().remove(checkIds(body))],
    ['POST /faults', (body) => void sandbox.setFaults(checkFaults(body))],
    [
      'POST /clock',
      (body) => {
        sandbox.clock().move(body)
        return clockState()
      },
    ],
  ]
}

/** The control API: what a test reads from a running mock, and does to it. */
export function createControlRoutes(mock: ControlledMock): ControlRoutes {
  const { reset, setTransportFaults, sandbox } = mock
  const routes: [string, (body: unknown) => unknown][] = [
    // Control listens once the mock responds.
    ['GET /health', () => ({ status: 'ok' })],
    ['GET /operations', () => mock.operations()],
    ['GET /violations', () => mock.violations()],
  ]
  if (reset) routes.push(['POST /reset', (body) => reset(checkReset(body ?? {}))])
  if (setTransportFaults)
    routes.push([
      'POST /transport',
      (body) => {
        if (typeof body !== 'string')
          throw new MockError('Invalid schedule: expected a JSON string such as "1:reset".')
        setTransportFaults(body)
      },
    ])
  return new Map([...routes, ...(sandbox ? sandboxRoutes(sandbox) : [])])
}
