import type { ClientOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { pageHeader } from '../shared/dashboard-api.ts'
import { createApp } from './create-app.ts'

test('a failure to list agents comes with its problem, and the next request tries again', async () => {
  const page = { count: 0, next: null, previous: null, results: [] }
  const answers = [
    Response.json({ detail: 'No permission.' }, { status: 403 }),
    Response.json(page),
  ]
  const api: ClientOptions = { apiKey: 'k', fetch: async () => answers.shift()! }
  const { app } = createApp({ api, source: 'test' })
  const get = () => app.request('/api/agents', { headers: { host: '127.0.0.1:1', ...pageHeader } })
  expect(await (await get()).json()).toMatchObject({ agents: [], problem: { code: 'permission' } })
  expect(await (await get()).json()).toEqual({ agents: [] })
})
