import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { shortPath } from './read-settings.ts'
import { answer, pages, serve } from '../serve.test-helper.ts'

// cspell:ignore agnet

interface Document {
  ok: boolean
  settings: { name: string; value: string | null; source: string | null }[]
  checks: { name: string; status: string; detail: string; fix: string | null }[]
}

const { url } = inject('mock')
const key = 'canary-key-41'

async function examine(
  env: Record<string, string>,
  options: CaptureOptions & { args?: string[] } = {},
) {
  const { args = ['--agent', '2142'], ...rest } = options
  const result = await capture(['doctor', '--json', ...args], {
    ...rest,
    env: { CEKURA_API_KEY: key, ...env },
  })
  expect(result.stdout + result.stderr).not.toContain(key)
  return { ...result, ...(JSON.parse(result.stdout) as Document) }
}

const failures = ({ checks }: Document) => checks.filter(({ status }) => status === 'failed')

test('every check passes on a working API, and each setting names its source', async () => {
  const result = await examine({ CEKURA_API_URL: url })
  expect(result.code).toBe(0)
  expect(result.ok).toBe(true)
  expect(result.checks.map(({ name }) => name)).toEqual(['Settings', 'API', 'Access'])
  const setting = (name: string) => result.settings.find((each) => each.name === name)
  expect(setting('api-key')).toMatchObject({ value: 'set', source: 'CEKURA_API_KEY' })
  expect(setting('api-url')).toMatchObject({ value: url, source: 'CEKURA_API_URL' })
  expect(setting('agent')).toMatchObject({ value: '2142', source: '--agent' })
  expect(setting('timeout')).toMatchObject({ value: '30s', source: null })
})

test('settings of other commands are shown, each once', async () => {
  const result = await examine({
    CEKURA_API_URL: url,
    CEKURA_CONCURRENCY: '4',
    CEKURA_FORMAT: 'csv',
  })
  const setting = (name: string) => result.settings.find((each) => each.name === name)
  expect(setting('concurrency')).toMatchObject({ value: '4', source: 'CEKURA_CONCURRENCY' })
  expect(setting('format')).toMatchObject({ value: 'csv', source: 'CEKURA_FORMAT' })
  const names = result.settings.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

test('a report for a person has each check and its suggestion', async () => {
  const { code, stdout } = await capture(['doctor'], {
    isTTY: true,
    env: { NO_COLOR: '1', CEKURA_API_KEY: key, CEKURA_API_URL: url },
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^cekura-logs .*\n\nSETTING +VALUE +SOURCE\napi-key +set +CEKURA_API_KEY\n/,
  )
  expect(stdout).toMatch(
    /- API: skipped \(pass --agent\)\n +Fix: cekura-logs doctor --agent <agent-id>/,
  )
})

test.each([40, 60, 80])(
  'a report fits a terminal of %i columns, except for commands to copy',
  async (columns) => {
    const { stdout } = await capture(['doctor', '--agent', '2142'], {
      isTTY: true,
      columns,
      env: { NO_COLOR: '1', CEKURA_API_KEY: '', CEKURA_API_URL: 'http://127.0.0.1:9' },
    })
    for (const line of stdout.split('\n'))
      if (!/Fix: |CEKURA_API_URL|\/nowhere|http:|default$/.test(line))
        expect(line.length).toBeLessThanOrEqual(columns)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'No API key. Set CEKURA_API_KEY or use --api-key-file.',
    )
    expect(stdout).toMatch(/^ +Fix: export CEKURA_API_KEY=<api-key>$/m)
  },
)

test.each([
  { status: 401, code: 4, fix: /^export CEKURA_API_KEY=.*  # with a valid key$/ },
  { status: 403, code: 4, fix: /^export CEKURA_API_KEY=.*a key that has access to this agent/ },
  { status: 404, code: 1, fix: /^export CEKURA_API_URL=.*is not the API/ },
  { status: 302, code: 1, fix: /^export CEKURA_API_URL=.*is not the API/ },
  { status: 500, code: 5, fix: /--max-retries 8/ },
])('status $status ends with $code and a suggestion', async ({ status, code, fix }) => {
  await using server = await serve(answer(status, '{}', { location: '/elsewhere' }))
  const result = await examine({ CEKURA_API_URL: server.url })
  expect(result.code).toBe(code)
  expect(failures(result)).toMatchObject([{ name: 'API', fix: expect.stringMatching(fix) }])
})

test('a failing API gets one request', async () => {
  let asked = 0
  await using server = await serve((request, response) => {
    asked += 1
    answer(503, '{}')(request, response)
  })
  expect((await examine({ CEKURA_API_URL: server.url })).code).toBe(5)
  expect(asked).toBe(1)
})

test('an unreachable API is a connection error', async () => {
  let gone: string
  {
    await using server = await serve(answer(200, '{}'))
    gone = server.url
  }
  const result = await examine({ CEKURA_API_URL: gone })
  expect(result.code).toBe(5)
  expect(failures(result)).toMatchObject([
    {
      detail: expect.stringContaining('connection refused, ECONNREFUSED') as string,
      fix: 'cekura-logs help environment',
    },
  ])
})

test.each([
  { name: 'is not JSON', text: '{', mode: 0o600, fix: /^cekura-logs help environment$/ },
  { name: 'has an unknown setting', text: '{"agnet": 1}', mode: 0o600, fix: /^cekura-logs help/ },
  { name: 'has an invalid value', text: '{"timeout": "x"}', mode: 0o600, fix: /^cekura-logs help/ },
  { name: 'others can write', text: '{}', mode: 0o666, fix: /^chmod go-w / },
])('a configuration that $name is an error', async ({ text, mode, fix }) => {
  const path = join(mkdtempSync(join(tmpdir(), 'doctor-')), 'config.json')
  writeFileSync(path, text)
  chmodSync(path, mode)
  const env = { CEKURA_API_KEY: key, CEKURA_API_URL: url, CEKURA_CONFIG: path }
  const { code, stderr } = await capture(['doctor', '--agent', '2142'], { env })
  expect(code).toBe(2)
  expect(/^Fix: (.*)$/m.exec(stderr)![1]).toMatch(fix)
})

test('an invalid setting is an error of every command that has it, and of doctor', async () => {
  for (const args of [['list', '--agent', '1'], ['doctor']]) {
    const env = { CEKURA_API_KEY: key, CEKURA_TIMEOUT: 'x' }
    const { code, stderr } = await capture(args, { env })
    expect(code).toBe(2)
    expect(stderr).toMatch(/CEKURA_TIMEOUT "x"[^]*Fix: cekura-logs help environment\n$/)
  }
})

test('nothing is requested without a key', async () => {
  const result = await examine({ CEKURA_API_URL: url, CEKURA_API_KEY: '' })
  expect(result.code).toBe(2)
  expect(result.checks.at(-1)).toMatchObject({ name: 'Settings', status: 'failed' })
})

test('a base URL with a password is rejected and not shown', async () => {
  const result = await examine({ CEKURA_API_URL: 'https://u:hush@api.cekura.ai/?token=hush' })
  expect(result.code).toBe(2)
  expect(result.stdout).not.toContain('hush')
  expect(result.checks.at(-1)).toMatchObject({ name: 'Settings', status: 'failed' })
})

test('the home folder is shown as ~', () => {
  expect(shortPath('/home/ada/.key', '/home/ada')).toBe('~/.key')
  expect(shortPath('/home/adam/.key', '/home/ada')).toBe('/home/adam/.key')
})

test('an agent without visible calls is a warning, not a confirmation', async () => {
  await using server = await serve(pages(0))
  const { checks, code } = await examine(
    { CEKURA_API_URL: server.url },
    { args: ['--agent', '999'] },
  )
  expect(code).toBe(0)
  expect(checks.find(({ name }) => name === 'Access')).toMatchObject({
    status: 'warning',
    detail: '0 calls visible for agent 999; check the id',
  })
})
