import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'

const bin = join(import.meta.dirname, 'bin.ts')

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** The executable, with nothing of the environment but what is given. */
const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })

test.each<{ name: string; args: string[]; env?: Record<string, string>; want: RegExp }>([
  {
    name: 'no target',
    args: [],
    want: /^Cannot run the suite: the target is not given; give .*\n$/,
  },
  { name: 'an unknown target', args: ['--target', 'prod'], want: /^Cannot .*"prod"; give .*\n$/ },
  {
    name: 'an unknown option',
    args: ['--tagret', 'mock'],
    want: /^Cannot read the command line: Unknown option.*--help\n$/,
  },
  {
    name: 'live without a URL',
    args: ['--target', 'live'],
    want: /CEKURA_API_URL is not set; set/,
  },
  {
    name: 'live without a key',
    args: ['--target', 'https://example.com'],
    want: /CEKURA_API_KEY is not set; set/,
  },
  {
    name: 'a key in clear text',
    args: ['--target', 'http://example.com'],
    env: { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '1' },
    want: /would travel unencrypted; give an https address/,
  },
  {
    name: 'shapes of a mock',
    args: ['--target', 'mock', '--shapes', 'shapes.json'],
    want: /^Cannot compare the shapes of "mock": .*; give the target live or a URL\n$/,
  },
  {
    name: 'an update of no file',
    args: ['--target', 'https://example.com', '--update-shapes'],
    want: /^Cannot update shapes: no file is given; give --shapes FILE\n$/,
  },
  {
    name: 'shapes that are none',
    args: ['--target', 'https://example.com', '--shapes', bin],
    env: { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '1' },
    want: /^Cannot compare with the shapes in ".*bin.ts": it is no JSON; give .*\n$/,
  },
  {
    name: 'a report without a place',
    args: ['--target', 'mock', '--junit', '/nowhere/junit.xml'],
    want: /^Cannot write the report "\/nowhere\/junit.xml": ENOENT; give a file in a folder/,
  },
  {
    name: 'a stray word',
    args: ['mock'],
    want: /^Cannot read the command line: Unexpected argument 'mock'.*; see cekura-contract --help\n$/,
  },
  {
    name: 'an agent that is no number',
    args: ['--target', 'https://example.com'],
    env: { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: 'mine' },
    want: /CEKURA_AGENT_ID is "mine"; set it to the number of an agent/,
  },
  {
    name: 'a URL that is none',
    args: ['--target', 'live'],
    env: { CEKURA_API_URL: 'nowhere' },
    want: /CEKURA_API_URL is "nowhere"; set it to the service's address/,
  },
  {
    name: 'a folder for shapes',
    args: ['--target', 'https://example.com', '--shapes', import.meta.dirname],
    env: { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '1' },
    want: /^Cannot compare with the shapes in ".*src": EISDIR; give .*\n$/,
  },
  {
    name: 'live without an agent',
    args: [],
    env: {
      CONTRACT_TARGET: 'live',
      CEKURA_API_URL: 'https://example.com',
      CEKURA_API_KEY: 'secret-key',
    },
    want: /CEKURA_AGENT_ID is not set; set/,
  },
])('$name is one sentence and exit 2', async ({ args, env, want }) => {
  const { code, stdout, stderr } = await run(args, env)
  expect(stderr).toMatch(want)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr + stdout).not.toContain('secret-key')
  expect(code).toBe(2)
})

test('a run that cannot start leaves the report of the last one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  try {
    const json = join(folder, 'report.json')
    await writeFile(json, 'of the last run')
    expect((await run(['--target', 'prod', '--json', json])).code).toBe(2)
    expect(await readFile(json, 'utf8')).toBe('of the last run')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a service is only read, and reported as JUnit and JSON', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60 })
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  try {
    const [junit, json] = [join(folder, 'junit.xml'), join(folder, 'report.json')]
    const env = { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '2142' }
    const { code, stdout } = await run(
      ['--target', mock.url, '--junit', junit, '--json', json],
      env,
    )
    expect(stdout).toMatch(/^live: \d+ checks, \d+ passed, 0 failed, \d+ not for this target\n$/m)
    expect(stdout).toContain('  the status without a key? 401\n')
    expect(stdout).toContain('  what becomes of a page past the end? 404\n')
    expect(code).toBe(0)
    const xml = await readFile(junit, 'utf8')
    expect(xml).toMatch(/^<\?xml .*\n<testsuite name="contract.live" tests="\d+" failures="0"/)
    const text = await readFile(json, 'utf8')
    const report = JSON.parse(text) as { planned: number; outcomes: { result: string }[] }
    expect(report.outcomes.filter(({ result }) => result === 'passed')).toHaveLength(report.planned)
    expect(xml).toContain('<system-out>newest-first</system-out>')
    expect(xml + text + stdout).not.toContain('secret-key')
    const journal = await fetch(`${mock.controlUrl}/requests`)
    expect(((await journal.json()) as unknown[]).length).toBeGreaterThan(report.planned / 2)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a shape that is new is exit 1, until it is taken into the file', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 5 })
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  try {
    const [shapes, junit] = [join(folder, 'shapes.json'), join(folder, 'junit.xml')]
    const env = { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '2142' }
    const args = ['--target', mock.url, '--shapes', shapes]
    const first = await run(args, env)
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('shapes: written to') })
    await mock.reset({ guesses: { missingKey: 403 } })
    const second = await run([...args, '--junit', junit], env)
    const finding = 'callLogs.list 403 application/json was never answered before'
    expect(second.stdout).toContain(`shape: ${finding}\n`)
    expect(second.stdout).toMatch(/, 1 new shapes\n$/)
    expect(second.code).toBe(1)
    expect(await readFile(junit, 'utf8')).toContain(`<failure message="${finding}"/>`)
    expect((await run([...args, '--update-shapes'], env)).code).toBe(0)
    expect(await readFile(shapes, 'utf8')).toContain('"callLogs.list 403 application/json": {')
    expect(await readFile(shapes, 'utf8')).not.toContain('secret-key')
  } finally {
    await rm(folder, { recursive: true })
  }
}, 120_000)

test('a service that breaks a documented rule is exit 1', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 3 })
  const list = await fetch(
    `${mock.url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`,
    {
      headers: { [apiKeyHeader]: 'k' },
    },
  )
  const [call] = ((await list.json()) as { results: { id: number }[] }).results
  const body = JSON.stringify({ id: call!.id, status: 'escalated' })
  await fetch(`${mock.controlUrl}/update`, { method: 'POST', body })
  const env = { CEKURA_API_KEY: 'k', CEKURA_AGENT_ID: '2142' }
  const { code, stdout } = await run(['--target', mock.url], env)
  expect(stdout).toMatch(/failed L1\.callLogs\.list\.required: .*status must be equal to one of/)
  expect(code).toBe(1)
})
