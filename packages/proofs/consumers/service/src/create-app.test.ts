import { expect, inject, test } from 'vitest'
import { createApp } from './create-app.ts'

const app = createApp({ baseUrl: inject('mock').url, apiKey: 'any-key' })

test('callLogs.list: counts every call of an agent', async () => {
  const response = await app.request('/agents/2142/outcomes')
  expect(response.status, await response.clone().text()).toBe(200)
  const outcomes = (await response.json()) as { [status: string]: number }
  expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(1000)
})

test('responds to a health check', async () => {
  const response = await app.request('/health')
  expect(await response.text()).toBe('ok')
})
