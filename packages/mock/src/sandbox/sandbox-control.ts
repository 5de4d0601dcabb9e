import type { CallLog } from '@cekura-kit/types'
import { Hono, type Context } from 'hono'
import { MockError } from '../mock-error.ts'
import { isRecord } from './check-input.ts'
import { checkChurnPlan } from './churn.ts'
import { checkFaults } from './fault.ts'
import type { Sandbox } from './sandbox.ts'
import { checkRateLimit } from './token-bucket.ts'
import { checkClockMove } from './virtual-clock.ts'

const isInstant = (value: unknown): boolean => !Number.isNaN(Date.parse(String(value)))

function checkCalls(value: unknown): CallLog[] {
  if (!Array.isArray(value)) throw new MockError('Cannot insert: give a list of call logs')
  for (const [n, call] of value.entries()) {
    const isCall = isRecord(call) && Number.isInteger(call['id']) && isInstant(call['timestamp'])
    if (!isCall)
      throw new MockError(
        `Cannot insert: call ${n} has no whole number as id, or no instant as timestamp; give a whole call log`,
      )
  }
  return value as CallLog[]
}

function checkIds(value: unknown): number[] {
  if (!Array.isArray(value) || !value.every(Number.isInteger))
    throw new MockError('Cannot delete: give a list of ids, as [200000001]')
  return value as number[]
}

function checkChange(value: unknown): { id: number } & Partial<CallLog> {
  if (!isRecord(value) || !Number.isInteger(value['id']))
    throw new MockError('Cannot update: give an object with the id of a call and what changes')
  // A call without one would be in no list.
  if ('timestamp' in value && !isInstant(value['timestamp']))
    throw new MockError(
      `Cannot update: timestamp is ${JSON.stringify(value['timestamp'])}; give an instant, as "2025-01-31T09:00:00Z"`,
    )
  return value as { id: number } & Partial<CallLog>
}

/** Test control of a sandbox, for a listener of its own. */
export function createSandboxControl(sandbox: Sandbox): Hono {
  const clockState = (context: Context): Response => {
    const clock = sandbox.clock()
    const now = clock.nowMs()
    return context.json({
      now: now === undefined ? null : new Date(now).toISOString(),
      elapsedMs: clock.elapsedMs(),
    })
  }
  const route = (path: string, change: (body: unknown) => void): void => {
    control.post(path, async (context) => {
      change(await context.req.json())
      return context.body(null, 204)
    })
  }
  const control = new Hono()
    .post('/update', async (context) => {
      const { id, ...change } = checkChange(await context.req.json())
      return context.body(null, sandbox.update(id, change) ? 204 : 404)
    })
    .post('/clock', async (context) => {
      sandbox.clock().move(checkClockMove(await context.req.json()))
      return clockState(context)
    })
    .get('/clock', clockState)
    .get('/churn', (context) => context.json(sandbox.churned()))
    .get('/requests', (context) => context.json(sandbox.journal()))
  route('/insert', (body) => sandbox.insert(checkCalls(body)))
  route('/delete', (body) => sandbox.remove(checkIds(body)))
  route('/faults', (body) => sandbox.setFaults(checkFaults(body)))
  route('/rate-limit', (body) => sandbox.setRateLimit(checkRateLimit(body)))
  route('/churn', (body) => sandbox.setChurn(checkChurnPlan(body)))
  return control
}
