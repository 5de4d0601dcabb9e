import { createServer } from 'node:net'
import { once } from 'node:events'
import { createClient } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { explainStartError } from './explain-start-error.ts'
import { describeSource, readSettings } from './read-settings.ts'
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
  [{ PORT: 'abc' }, 'Invalid PORT "abc": expected an integer.'],
  [{ PII: 'never' }, 'Invalid PII "never": expected always-mask, or unset it.'],
  [
    { CEKURA_API_URL: 'foo' },
    /^Invalid CEKURA_API_URL "foo": expected a URL\. Unset it to use https/,
  ],
])('%j is explained in one line', async (env, message) => {
  const text = await explain(() => [describeSource(env), readSettings(env)])
  expect(text).toMatch(message)
  expect(text).not.toContain('\n')
})

test('a missing key is explained in one line', async () => {
  expect(await explain(() => createClient({ apiKey: '' }))).toMatch(/CEKURA_API_KEY/)
})

test('a busy port is explained with the setting to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const client = createClient({ apiKey: 'test', baseUrl: 'https://upstream.test' })
  expect(await explain(() => startDashboard({ client, source: 'test', port }))).toBe(
    `Port ${port} is in use. Set PORT to a free port.`,
  )
  other.close()
})
