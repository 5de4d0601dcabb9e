import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { shortPath } from '../doctor/read-settings.ts'
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

test('every check passes on a service that answers, and each setting names who set it', async () => {
  const result = await examine({ CEKURA_API_URL: url })
  expect(result.code).toBe(0)
  expect(result.ok).toBe(true)
  expect(result.checks.map(({ name }) => name)).toEqual([
    'configuration',
    'address',
    'key',
    'service',
    'access',
    'clock',
  ])
  const setting = (name: string) => result.settings.find((each) => each.name === name)
  expect(setting('api-key')).toMatchObject({ value: 'set', source: 'CEKURA_API_KEY' })
  expect(setting('api-url')).toMatchObject({ value: url, source: 'CEKURA_API_URL' })
  expect(setting('agent')).toMatchObject({ value: '2142', source: '--agent' })
  expect(setting('timeout')).toMatchObject({ value: '30s', source: null })
  expect(setting('max-rps')).toMatchObject({ value: null, source: null })
})

test('settings of other commands are told too, and what is wrong with them once', async () => {
  const result = await examine({
    CEKURA_API_URL: url,
    CEKURA_CONCURRENCY: 'many',
    CEKURA_PROGRESS: 'json',
    CEKURA_FORMAT: 'csv',
  })
  const setting = (name: string) => result.settings.find((each) => each.name === name)
  expect(setting('progress')).toMatchObject({ value: 'json', source: 'CEKURA_PROGRESS' })
  expect(setting('format')).toMatchObject({ value: 'csv', source: 'CEKURA_FORMAT' })
  expect(result.code).toBe(2)
  expect(failures(result)).toMatchObject([
    { detail: expect.stringContaining('CEKURA_CONCURRENCY "many"') as string },
  ])
  const names = result.settings.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

test('a configuration that is not there is told with the place where it was looked for', async () => {
  const { checks } = await examine({ CEKURA_API_URL: url, XDG_CONFIG_HOME: '/nowhere' })
  expect(checks[0]!.detail).toBe('there is no file /nowhere/cekura-logs/config.json')
})

test('a report for a person names each check and the way out', async () => {
  const { code, stdout } = await capture(['doctor'], {
    isTTY: true,
    env: { NO_COLOR: '1', CEKURA_API_KEY: key, CEKURA_API_URL: url },
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^cekura-logs .*\n\nSettings\n {2}api-key +set +CEKURA_API_KEY\n/)
  expect(stdout).toMatch(/- service +not asked: .*\n +Fix: cekura-logs doctor --agent 2142/)
})

test.each([40, 60, 80])(
  'a report fits a terminal of %i columns, but for what is to be copied',
  async (columns) => {
    const { stdout } = await capture(['doctor', '--agent', '2142'], {
      isTTY: true,
      columns,
      env: { NO_COLOR: '1', CEKURA_API_KEY: '', CEKURA_API_URL: 'http://127.0.0.1:9' },
    })
    for (const line of stdout.split('\n'))
      if (!/Fix: |CEKURA_API_URL|\/nowhere|http:/.test(line))
        expect(line.length).toBeLessThanOrEqual(columns)
    // Words are whole, and one after the other.
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'there is no API key; no flag takes one, so set',
    )
    expect(stdout).toMatch(/^ +Fix: export CEKURA_API_KEY="\$\(cat ~\/\.cekura-key\)"$/m)
  },
)

test.each([
  { status: 401, code: 4, fix: /^export CEKURA_API_KEY=.*  # with a valid key in the file$/ },
  { status: 403, code: 4, fix: /^export CEKURA_API_KEY=.*a key that may read agent 2142/ },
  { status: 404, code: 1, fix: /^export CEKURA_API_URL=.*is not the service/ },
  { status: 302, code: 1, fix: /^export CEKURA_API_URL=.*is not the service/ },
  { status: 500, code: 5, fix: /--max-retries 8/ },
])('$status of the service ends with $code and a way out', async ({ status, code, fix }) => {
  await using server = await serve(answer(status, '{}', { location: '/elsewhere' }))
  const result = await examine({ CEKURA_API_URL: server.url })
  expect(result.code).toBe(code)
  expect(failures(result)).toMatchObject([{ name: 'service', fix: expect.stringMatching(fix) }])
})

test('a service in trouble is asked once', async () => {
  let asked = 0
  await using server = await serve((request, response) => {
    asked += 1
    answer(503, '{}')(request, response)
  })
  expect((await examine({ CEKURA_API_URL: server.url })).code).toBe(5)
  expect(asked).toBe(1)
})

test('a service that is not there is told from one that refuses', async () => {
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
      fix: `curl -sSI ${gone}  # tells whether name, port and network are there`,
    },
  ])
})

const refused = [
  { name: 'is no JSON', text: '{', mode: 0o600, fix: 'cekura-logs help environment' },
  {
    name: 'sets what is no setting',
    text: '{"agnet": 1}',
    mode: 0o600,
    fix: 'cekura-logs help environment',
  },
  {
    name: 'sets what cannot be used',
    text: '{"timeout": "x"}',
    mode: 0o600,
    fix: 'cekura-logs help environment',
  },
  { name: 'others can write', text: '{}', mode: 0o666, fix: /^chmod go-w / },
]

test.each(refused)(
  'a configuration that $name is told, and the rest is looked at',
  async ({ text, mode, fix }) => {
    const path = join(mkdtempSync(join(tmpdir(), 'doctor-')), 'config.json')
    writeFileSync(path, text)
    chmodSync(path, mode)
    const result = await examine({ CEKURA_API_URL: url, CEKURA_CONFIG: path })
    expect(result.code).toBe(2)
    expect(failures(result)).toMatchObject([
      { name: 'configuration', fix: typeof fix === 'string' ? fix : expect.stringMatching(fix) },
    ])
    expect(result.checks.at(-1)).toMatchObject({ name: 'clock', status: 'ok' })
  },
)

test('a configuration that other commands refuse is refused by them still', async () => {
  const { code, stderr } = await capture(['list', '--agent', '1'], {
    env: { CEKURA_API_KEY: key, CEKURA_TIMEOUT: 'x' },
  })
  expect(code).toBe(2)
  expect(stderr).toMatch(/CEKURA_TIMEOUT "x"[^]*Fix: cekura-logs doctor\n$/)
})

test('without a key nothing is asked', async () => {
  const result = await examine({ CEKURA_API_URL: url, CEKURA_API_KEY: '' })
  expect(result.code).toBe(2)
  expect(result.checks.at(-1)).toMatchObject({ name: 'key', status: 'failed' })
})

test('an address with a password is refused and not shown', async () => {
  const result = await examine({ CEKURA_API_URL: 'https://u:hush@api.cekura.ai/?token=hush' })
  expect(result.code).toBe(2)
  expect(result.stdout).not.toContain('hush')
  expect(result.checks.at(-1)).toMatchObject({ name: 'address', status: 'failed' })
})

test('a clock that is an hour off is a warning', async () => {
  await using server = await serve(pages(1))
  const result = await examine({ CEKURA_API_URL: server.url }, { now: Date.now() + 3_600_000 })
  expect(result.code).toBe(0)
  expect(result.checks.at(-1)).toMatchObject({ name: 'clock', status: 'warning' })
})

test('the home folder, which often bears a name, is shown as ~', () => {
  expect(shortPath('/home/ada/.key', '/home/ada')).toBe('~/.key')
  expect(shortPath('/home/adam/.key', '/home/ada')).toBe('/home/adam/.key')
})
