// Packs the contract suite, installs it with npm into an empty project, and runs it there as a
// consumer would: node run.ts [word ...] runs the trials whose name contains one of the words.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack, runCommand, tryCommand, type Ended } from '../harness/run-command.ts'

const mustRun = (command: string, args: string[], cwd: string): Promise<string> =>
  runCommand(cwd, command, args)

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const here = fileURLToPath(new URL('../../consumers/packed/', import.meta.url))
const packed = ['spec', 'packages/types', 'packages/mock', 'packages/contract']
const tools = { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5', typescript: '7.0.2' }
const folder = await realpath(await mkdtemp(join(tmpdir(), 'cekura-packed-')))

/** As in a consumer's CI, with the key that no output may show. */
const run = (command: string, args: string[]): Promise<Ended> =>
  tryCommand(folder, command, args, {
    CEKURA_API_KEY: 'packed-key',
    CEKURA_AGENT_ID: '2142',
  })

/** The command of the installed package, and never one that npm would fetch. */
const contract = (...args: string[]): Promise<Ended> =>
  run('npx', ['--no', '--', '@cekura-kit/contract', ...args])

const tarballs: { [name: string]: string } = {}

async function install(): Promise<void> {
  await mustRun('pnpm', ['exec', 'turbo', 'run', 'build', '--filter=@cekura-kit/contract...'], root)
  for (const path of packed) {
    const { name, filename } = await pack(join(root, path), folder)
    tarballs[name] = filename
  }
  const files = Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`])
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(files), ...tools },
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await mustRun('npm', ['install', ...flags], folder)
}

/** The installed mock, and what it says of itself once it listens. */
async function startInstalledMock(): Promise<
  { url: string; controlUrl: string } & AsyncDisposable
> {
  const bin = join(folder, 'node_modules/.bin/cekura-mock')
  const child: ChildProcess = spawn(
    bin,
    ['serve', '--mode', 'sandbox', '--rows', '150', '--json'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  const first = await Promise.race([
    once(child.stdout!.setEncoding('utf8'), 'data'),
    ended.then(() => Promise.reject(new Error('The installed mock ended before it listened'))),
  ])
  const { url, controlUrl } = JSON.parse(String(first[0])) as { url: string; controlUrl: string }
  return {
    url,
    controlUrl,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}

function expectThat(isSo: boolean, what: string, seen: string): void {
  if (!isSo) throw new Error(`${what}\n${seen}`)
}

/** A run that ends as it should, and has said what it should. */
function expectRun({ code, output }: Ended, wantedCode: number, said: RegExp): void {
  expectThat(code === wantedCode, `ended with ${code} instead of ${wantedCode}`, output)
  expectThat(said.test(output), `did not say ${String(said)}`, output)
  expectThat(!output.includes('packed-key'), 'said the key', output)
}

const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8')

const trials: { [name: string]: () => Promise<string> } = {
  async 'on a mock it starts'() {
    const ended = await contract('--target', 'mock', '--junit', 'mock.xml', '--json', 'mock.json')
    expectRun(ended, 0, /^mock: \d+ checks: \d+ passed, 0 failed/m)
    const { outcomes } = JSON.parse(await read('mock.json')) as { outcomes: object[] }
    const xml = await read('mock.xml')
    expectThat(/^<\?xml .*\n<testsuite .* failures="0"/.test(xml), 'no JUnit', xml.slice(0, 200))
    return `${outcomes.length} checks`
  },
  async 'on the sandbox behind Prism'() {
    const ended = await contract('--target', 'proxied')
    expectRun(ended, 0, /^proxied: \d+ checks: \d+ passed, 0 failed/m)
    return ended.output.split('\n').at(-1)!
  },
  async 'on a URL, with shapes'() {
    await using mock = await startInstalledMock()
    const args = ['--target', mock.url, '--probe', '--shapes', 'shapes.json']
    expectRun(await contract(...args), 0, /^Wrote \d+ new shapes to shapes\.json$/m)
    expectRun(await contract(...args), 0, /^0 new shapes$/m)
    const list = await fetch(`${mock.url}/observability/v1/call-logs/?agent_id=2142`, {
      headers: { 'X-CEKURA-API-KEY': 'any' },
    })
    const { results } = (await list.json()) as { results: { id: number }[] }
    const broken = JSON.stringify({ id: results[0]!.id, status: 'escalated' })
    await fetch(`${mock.controlUrl}/update`, { method: 'POST', body: broken })
    const tested = await contract('--target', mock.url, '--junit', 'url.xml')
    expectRun(
      tested,
      1,
      /^failed accepted\.callLogs\.list\.required: .*status must be equal to one of/m,
    )
    expectRun(await contract(...args), 1, /^new shape: .*\.results\[\]\.status equals escalated$/m)
    return 'passes, passes, and finds the change'
  },
  async 'wrong usage'() {
    const ended = await contract('--target', 'prod')
    expectRun(ended, 2, /^Unknown target "prod"\. Use [^\n]*$/)
    return ended.output
  },
  async 'as a library'() {
    await writeFile(join(folder, 'library.ts'), await readFile(join(here, 'library.ts')))
    const flags = '--strict --noEmit --skipLibCheck --module nodenext --target es2024'.split(' ')
    const lib = ['--lib', 'es2024,esnext.disposable,dom']
    await mustRun('npx', ['--no', '--', 'tsc', ...flags, ...lib, 'library.ts'], folder)
    return mustRun(process.execPath, ['library.ts'], folder)
  },
  ...Object.fromEntries(
    ['mock', 'contract'].flatMap((name) => [
      [
        `publint, ${name}`,
        async () => {
          const place = join('node_modules/@cekura-kit', name)
          await mustRun('npx', ['--no', '--', 'publint', '--strict', place], folder)
          return 'clean'
        },
      ],
      [
        `attw, ${name}`,
        async () => {
          const tarball = tarballs[`@cekura-kit/${name}`]!
          const options = ['--profile', 'esm-only', '--format', 'ascii']
          await mustRun('npx', ['--no', '--', 'attw', tarball, ...options], folder)
          return 'clean'
        },
      ],
    ]),
  ),
}

const wanted = process.argv.slice(2).map((word) => word.toLowerCase())
const chosen = Object.entries(trials).filter(
  ([name]) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word)),
)
if (chosen.length === 0) {
  console.error(
    `Cannot try "${wanted.join(' ')}": no trial has such a name; there are ${Object.keys(trials).join('; ')}`,
  )
  await rm(folder, { recursive: true })
  process.exit(2)
}
let failures = 0
try {
  const start = performance.now()
  await install()
  console.log(`packed and installed in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  for (const [name, attempt] of chosen) {
    const begin = performance.now()
    const said = await attempt().catch((error: Error) => {
      failures += 1
      return `FAIL ${error.message}`
    })
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    console.log(`${name.padEnd(28)} ${seconds.padStart(5)} s  ${said}`)
  }
  console.log(`${chosen.length - failures} of ${chosen.length} hold`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = failures > 0 ? 1 : 0
