import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { explainStartError } from './explain-start-error.ts'
import { readSettings } from './read-settings.ts'
import { startDashboard } from './start-dashboard.ts'

const explain = async (start: () => unknown): Promise<string | undefined> => {
  try {
    await start()
    return 'started'
  } catch (error) {
    return explainStartError(error)
  }
}

test.each([
  [{ PORT: 'abc' }, 'Invalid PORT "abc": expected an integer from 0 to 65535.'],
  [{ PORT: '65536' }, 'Invalid PORT "65536": expected an integer from 0 to 65535.'],
  [{ MAX_ROWS: '-1' }, 'Invalid MAX_ROWS "-1": expected an integer ≥ 0.'],
  [{ PII: 'never' }, 'Invalid PII "never": expected always-mask, or unset it.'],
  [{ CEKURA_API_URL: 'foo' }, 'Invalid CEKURA_API_URL "foo": expected an http or https URL.'],
  [{ PUBLIC_URL: 'file:///x' }, 'Invalid PUBLIC_URL "file:///x": expected an http or https URL.'],
])('%j is explained in one line', async (env, message) => {
  const text = await explain(() => readSettings(env))
  expect(text).toMatch(message)
  expect(text).not.toContain('\n')
})

test.each([
  [{ apiKey: '' }, /^No API key\. Set CEKURA_API_KEY\.$/],
  [{ apiKey: 'k', baseUrl: 'ftp://x' }, /^Invalid CEKURA_API_URL: expected an https URL/],
])('%j is explained with the variable to set', async (api, message) => {
  expect(await explain(() => startDashboard({ api, source: 'test' }))).toMatch(message)
})

test('a busy port is explained with the setting to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  expect(
    await explain(() => startDashboard({ api: { apiKey: 'test' }, source: 'test', port })),
  ).toBe(`Port ${port} is in use. Set PORT to a free port.`)
  other.close()
})
