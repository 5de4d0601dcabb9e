// Flag before variable before configuration file before default, as doctor shows.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { answer, pages, serve } from '../serve.test-helper.ts'

let folder: string
let config: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
  config = join(folder, 'config.json')
  writeFileSync(config, '{"timeout": "3s", "agent": 3, "quiet": true}', { mode: 0o600 })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Setting {
  name: string
  value: string | null
  source: string | null
}

async function settingOf(name: string, args: string[], env: Record<string, string> = {}) {
  const { stdout } = await capture(['doctor', '--json', ...args], { env })
  const { settings } = JSON.parse(stdout) as { settings: Setting[] }
  const { value, source } = settings.find((setting) => setting.name === name)!
  return { value, source }
}

const timeout = (args: string[], variables = {}) => settingOf('timeout', args, variables)

test('a flag wins over a variable, that over the file, and that over the default', async () => {
  const given = ['--config', config]
  const env = { CEKURA_TIMEOUT: '5s' }
  expect(await timeout([...given, '--timeout', '6s'], env)).toEqual({
    value: '6s',
    source: '--timeout',
  })
  expect(await timeout(given, env)).toEqual({ value: '5s', source: 'CEKURA_TIMEOUT' })
  expect(await timeout(given)).toEqual({ value: '3s', source: config })
  expect(await timeout([])).toEqual({ value: '30s', source: null })
})

test('the configuration is looked for under XDG_CONFIG_HOME, then under the home folder', async () => {
  for (const [variable, below] of [
    ['XDG_CONFIG_HOME', 'cekura-logs'],
    ['HOME', '.config/cekura-logs'],
  ] as const) {
    const home = join(folder, variable)
    mkdirSync(join(home, below), { recursive: true })
    writeFileSync(join(home, below, 'config.json'), '{"timeout": "9s"}', { mode: 0o600 })
    const env = { XDG_CONFIG_HOME: '', [variable]: home }
    expect((await settingOf('timeout', [], env)).value).toBe('9s')
  }
})

test('a variable that is empty sets nothing', async () => {
  const env = { CEKURA_TIMEOUT: ' ' }
  expect((await settingOf('timeout', ['--config', config], env)).value).toBe('3s')
})

test('a configuration that others can write to is not used, nor one that holds a key', async () => {
  const open = join(folder, 'open.json')
  writeFileSync(open, '{}')
  chmodSync(open, 0o666)
  const loose = await capture(['list', '--config', open])
  expect(loose).toMatchObject({ code: 2, stderr: expect.stringContaining('chmod go-w') as string })
  const keyed = join(folder, 'keyed.json')
  writeFileSync(keyed, '{"api-key": "canary-canary"}', { mode: 0o600 })
  const { code, stderr } = await capture(['list', '--config', keyed])
  expect(code).toBe(2)
  expect(stderr).toContain('unknown setting "api-key"')
  expect(stderr).not.toContain('canary')
})

test('the key goes to no host that is not named, and --allow-host names one for one run', async () => {
  const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: 'https://proxy.invalid' }
  const list = ['list', '--agent', '1', '--max-retries', '0']
  const refused = await capture(list, { env })
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('--max-retries 0 --allow-host proxy.invalid\n')
  // A name that is nowhere: asked for, and not refused.
  const asked = await capture([...list, '--allow-host', 'proxy.invalid'], { env })
  expect(asked.code).toBe(5)
})

test('a redirect is not followed, so that no other host gets the key', async () => {
  let asked = 0
  await using other = await serve((request, response) => {
    asked += 1
    pages(1)(request, response)
  })
  await using service = await serve(answer(307, '', { location: other.url }))
  const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: service.url }
  expect((await capture(['list', '--agent', '1'], { env })).code).toBe(1)
  expect(asked).toBe(0)
})
