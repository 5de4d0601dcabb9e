// The command as a process: what only pipes, signals and files can show.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pages, serve } from './serve.test-helper.ts'

const bin = fileURLToPath(new URL('bin.ts', import.meta.url))
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'bin-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const environment = (url: string) => ({
  PATH: process.env['PATH'],
  CEKURA_API_KEY: 'canary-key-77',
  CEKURA_API_URL: url,
  XDG_CONFIG_HOME: folder,
})

/** A line of shell with `cekura-logs` standing for the command. */
async function shell(line: string, url: string) {
  const command = line.replaceAll('cekura-logs', `${quoted(process.execPath)} ${quoted(bin)}`)
  const child = spawn('bash', ['--norc', '-c', `set -o pipefail; ${command}`], {
    env: environment(url),
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...output }
}

test('a closed pipe is not a failure: list | head -1, 50 times', async () => {
  await using service = await serve(pages(2100))
  const line = 'cekura-logs list --agent 1 --limit 2100 --quiet | head -1'
  for (let round = 0; round < 50; round += 5)
    for (const { code, stdout, stderr } of await Promise.all(
      Array.from({ length: 5 }, () => shell(line, service.url)),
    )) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect((JSON.parse(stdout) as { id: number }).id).toBe(1)
    }
  // 50 processes on a busy machine.
}, 240_000)

test.each(['json', 'ndjson', 'csv'])(
  '5 MB of %s through a slow pipe are the bytes of the file',
  async (format) => {
    await using service = await serve(pages(2100))
    const file = join(folder, `all.${format}`)
    const list = `cekura-logs list --agent 1 --limit 2100 --quiet --to 2026-11-25 --format ${format}`
    const { code } = await shell(`${list} > ${quoted(file)}`, service.url)
    expect(code).toBe(0)
    const piped = await shell(
      `${list} | (read -r -n 1 first; printf '%s' "$first"; cat)`,
      service.url,
    )
    expect(piped.code).toBe(0)
    const whole = readFileSync(file, 'utf8')
    expect(whole.length).toBeGreaterThan(5_000_000)
    expect(piped.stdout === whole).toBe(true)
  },
)

test('a closed stdout and a closed stderr are not failures', async () => {
  await using service = await serve(pages(3))
  expect((await shell('cekura-logs list --agent 1 >&-', service.url)).code).toBe(0)
  const { code, stdout } = await shell('cekura-logs list --agent 1 2>&-', service.url)
  expect(stdout.trim().split('\n')).toHaveLength(3)
  expect(code).toBe(0)
})

test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout ends with 5', async () => {
  await using service = await serve(pages(3))
  for (const line of ['list --agent 1', '--help', 'help environment', 'doctor --agent 1']) {
    const { code, stderr } = await shell(`cekura-logs ${line} > /dev/full`, service.url)
    expect({ line, code }).toEqual({ line, code: 5 })
    expect(stderr).toMatch(
      `Cannot write to stdout: ENOSPC: no space left on device, write.\nFix: cekura-logs ${line}  # `,
    )
  }
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a list with %i', async (signal, wanted) => {
  await using service = await serve(() => {})
  const child = spawn(process.execPath, [bin, 'list', '--agent', '1'], {
    env: environment(service.url),
    stdio: 'ignore',
  })
  await once(service.server, 'request')
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([wanted, null])
})

test('a second Ctrl-C ends the process at once', async () => {
  await using service = await serve(() => {})
  const child = spawn(process.execPath, [bin, 'list', '--agent', '1'], {
    env: environment(service.url),
    stdio: 'ignore',
  })
  await once(service.server, 'request')
  child.kill('SIGINT')
  child.kill('SIGINT')
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(code ?? signal).toSatisfy((end: unknown) => end === 130 || end === 'SIGINT')
})

test('experimental warnings of Node are hidden, other warnings are shown', async () => {
  const warn = `setImmediate(() => {
  process.emitWarning('still new', 'ExperimentalWarning')
  process.emitWarning('soon gone', 'DeprecationWarning')
})`
  await using service = await serve(pages(1))
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(warn)}`,
      bin,
      'list',
      '--agent',
      '1',
      '-q',
    ],
    { env: environment(service.url), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text))
  expect(await once(child, 'close')).toEqual([0, null])
  expect(printed).toContain('soon gone')
  expect(printed).not.toContain('still new')
})

test.each(['--version', '--help', 'export --help', 'completion bash'])(
  '%s does not load what a command runs',
  async (args) => {
    const hook = `import { registerHooks } from 'node:module'
registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) })`
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, bin, ...args.split(' ')],
      { env: environment('http://127.0.0.1:1'), stdio: ['ignore', 'ignore', 'pipe'] },
    )
    let loaded = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (loaded += text))
    expect(await once(child, 'close')).toEqual([0, null])
    expect(loaded).toContain('src/commands.ts')
    expect(loaded).not.toMatch(
      /packages\/client\/|openapi-fetch|node:sqlite|hyparquet|duckdb|string-width|\/run-/,
    )
  },
)
