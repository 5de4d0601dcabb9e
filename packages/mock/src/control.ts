import { Hono } from 'hono'
import { MockError } from './mock-error.ts'
import type { Violation } from './prism/violation.ts'
import { checkReset, type SandboxReset } from './sandbox/sandbox-options.ts'

/** What a test does to a running mock, on a listener of its own: Prism would answer it with 404. */
export function createControl(mock: {
  setTransportFaults(schedule: string): void
  violations(): readonly Violation[]
  reset(change: SandboxReset): Promise<void>
  /** Routes of the sandbox, when there is one. */
  sandbox: Hono | undefined
}): Hono {
  const control = new Hono()
    .post('/transport', async (context) => {
      mock.setTransportFaults(await context.req.text())
      return context.body(null, 204)
    })
    // Control listens when the mock answers, so that being here is the sign.
    .get('/health', (context) => context.json({ status: 'ok' }))
    .get('/violations', (context) => context.json(mock.violations()))
    .post('/reset', async (context) => {
      const text = await context.req.text()
      await mock.reset(checkReset(text ? JSON.parse(text) : {}))
      return context.body(null, 204)
    })
  if (mock.sandbox) control.route('/', mock.sandbox)
  control.onError((error, context) => {
    if (error instanceof MockError) return context.json({ detail: error.message }, 400)
    if (error instanceof SyntaxError)
      return context.json({ detail: `Cannot read the request body: ${error.message}` }, 400)
    throw error
  })
  return control
}
