import { CekuraError, createClient, type ClientOptions } from '@cekura-kit/client'
import type { CallLogStatus } from '@cekura-kit/types'
import { Hono } from 'hono'

/** A service that reports how the calls of an agent ended. */
export function createApp(options?: ClientOptions): Hono {
  const cekura = createClient(options)
  const app = new Hono()
  app.onError((error, context) => {
    if (!CekuraError.is(error)) throw error
    return context.json({ error: error.message }, 502)
  })
  app.get('/health', (context) => context.text('ok'))
  app.get('/agents/:id/outcomes', async (context) => {
    const agent_id = Number(context.req.param('id'))
    const outcomes: { [status in CallLogStatus]?: number } = {}
    for await (const { status } of cekura.callLogs.list({ agent_id }))
      outcomes[status] = (outcomes[status] ?? 0) + 1
    return context.json(outcomes)
  })
  return app
}
