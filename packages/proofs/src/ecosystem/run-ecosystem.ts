// Packs the client, installs it as a stranger would, and runs it on every runtime and compiler
// listed in package.json: node run.ts [name ...] runs those whose name contains one of the words,
// and --registry URL takes what a registry has instead of packing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startMock } from '@cekura-kit/mock'
import { apiKeyHeader } from '@cekura-kit/types'
import { findChromium } from '@cekura-kit/dashboard/chromium'
import { chromium } from '@playwright/test'
import { pack, runCommand } from '../harness/run-command.ts'

const mustRun = (command: string, args: string[], cwd: string): Promise<string> =>
  runCommand(cwd, command, args)

const here = fileURLToPath(new URL('../../consumers/ecosystem/', import.meta.url))
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { registry: { type: 'string' } },
})
/** The client and all that it is built from. */
const built = '@cekura-kit/client...'
const packed = ['spec', 'packages/types', 'packages/client']
/** What a consumer can import; a registry also has the packages that only the mock needs. */
const published = values.registry ? ['spec', 'types', 'client', 'mock'] : ['types', 'client']
const mostInstantiations = 3000
const expected = 'page of 5, walk of 20, failure not_found'

const folder = await realpath(await mkdtemp(join(tmpdir(), 'cekura-ecosystem-')))
const bin = (name: string): string => join(folder, 'node_modules', '.bin', name)
const node = (major: number): string => join(folder, 'node_modules', `node${major}`, 'bin', 'node')

async function install(): Promise<void> {
  await cp(here, folder, { recursive: true })
  const manifest = JSON.parse(await readFile(join(here, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  if (values.registry) await useRegistry(values.registry, manifest.dependencies)
  if (!values.registry)
    await mustRun('pnpm', ['exec', 'turbo', 'run', 'build', '--filter', built], root)
  for (const path of values.registry ? [] : packed) {
    const { name, filename } = await pack(join(root, path), folder)
    manifest.dependencies[name] = `file:${filename}`
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}

/** Takes our packages from a registry and leaves out the runtimes that nobody asked for. */
async function useRegistry(url: string, dependencies: Record<string, string>): Promise<void> {
  await writeFile(join(folder, '.npmrc'), `@cekura-kit:registry=${url}\n`)
  const asked = new RegExp(`^(${wanted.map((word) => word.toLowerCase()).join('|')})`)
  for (const name of Object.keys(dependencies))
    if (!asked.test(name.replace(/.*\//, '')) && !name.startsWith('@arethetypeswrong'))
      delete dependencies[name]
  for (const name of published) dependencies[`@cekura-kit/${name}`] = 'latest'
}

const bundle = (entry: string, out: string, ...more: string[]): Promise<string> =>
  mustRun(
    bin('esbuild'),
    [entry, '--bundle', '--minify', '--format=esm', `--outfile=${out}`, ...more],
    folder,
  )

async function onWorkerd(api: string): Promise<string> {
  await bundle('worker.js', 'worker.bundle.js')
  const child = spawn(bin('workerd'), ['serve', 'worker.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`workerd ended\n${complaint}`)))
      let events = ''
      ;(child.stdio[3] as NodeJS.ReadableStream).on('data', (data: Buffer) => {
        events += data.toString()
        const [, found] = /"port":(\d+)/.exec(events) ?? []
        if (found) resolve(Number(found))
      })
    })
    return await (await fetch(`http://127.0.0.1:${port}/?api=${encodeURIComponent(api)}`)).text()
  } finally {
    child.kill('SIGKILL')
  }
}

async function forward(
  url: string,
  headers: Record<string, string>,
  response: ServerResponse,
): Promise<void> {
  const answer = await fetch(url, { headers })
  response.statusCode = answer.status
  response.setHeader('content-type', 'application/json').end(await answer.text())
}

/** The page and the API on one origin, as behind a team's own proxy. */
async function onChromium(api: string): Promise<string> {
  await bundle('browser.js', 'browser.bundle.js')
  const script = await readFile(join(folder, 'browser.bundle.js'))
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    if (url === '/') {
      response
        .setHeader('content-type', 'text/html')
        .end('<script type=module src=/app.js></script>')
    } else if (url === '/app.js') {
      response.setHeader('content-type', 'text/javascript').end(script)
    } else {
      const headers = { [apiKeyHeader]: String(request.headers[apiKeyHeader.toLowerCase()]) }
      forward(api + url, headers, response).catch(() => response.destroy())
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: ['--disable-gpu'],
    })
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.waitForFunction('document.title')
      return await page.title()
    } finally {
      await browser.close()
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function compile(
  version: string,
  module: string,
  moduleResolution: string,
  { file = 'consumer.ts', skipLibCheck = false } = {},
  ...flags: string[]
): Promise<string> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck,
    target: 'es2022',
    module,
    moduleResolution,
    lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
  const tsc = join(folder, 'node_modules', `typescript${version}`, 'bin', 'tsc')
  return mustRun(process.execPath, [tsc, '-p', '.', ...flags], folder)
}

/** What a consumer of the facade alone costs the compiler, beyond a file that imports nothing. */
async function countInstantiations(): Promise<string> {
  await writeFile(join(folder, 'empty.ts'), 'export {}\n')
  const counts: number[] = []
  for (const file of ['empty.ts', 'facade.ts']) {
    const output = await compile(
      '5.9',
      'nodenext',
      'nodenext',
      { file, skipLibCheck: true },
      '--extendedDiagnostics',
    )
    counts.push(Number(/Instantiations:\s+(\d+)/.exec(output)?.[1] ?? Number.NaN))
  }
  const own = counts[1]! - counts[0]!
  console.log(`     ${own} instantiations, ${mostInstantiations - own} left`)
  return own > 0 && own <= mostInstantiations ? 'within the limit' : `${own} instantiations`
}

interface Trial {
  name: string
  want?: string
  try(api: string): Promise<string>
}

const trials: Trial[] = [
  ...[20, 22, 24, 26].map((major) => ({
    name: `Node ${major}`,
    want: expected,
    try: (api: string) => mustRun(node(major), ['node.js', api], folder),
  })),
  ...[20, 22, 24, 26].map((major) => ({
    name: `Node ${major}, CommonJS`,
    want: 'walk of 20',
    try: (api: string) => mustRun(node(major), ['--no-warnings', 'commonjs.cjs', api], folder),
  })),
  {
    name: 'esbuild, minified',
    want: expected,
    async try(api) {
      await bundle('node.js', 'node.bundle.js')
      return mustRun(node(24), ['node.bundle.js', api], folder)
    },
  },
  { name: 'Bun', want: expected, try: (api) => mustRun(bin('bun'), ['node.js', api], folder) },
  {
    name: 'Deno',
    want: expected,
    try: (api) =>
      mustRun(
        bin('deno'),
        ['run', '--allow-net', '--allow-env', '--allow-read', 'node.js', api],
        folder,
      ),
  },
  { name: 'workerd', want: expected, try: onWorkerd },
  { name: 'Chromium', want: expected, try: onChromium },
  ...['5.4', '5.9', '6.0', '7.0'].flatMap((version) =>
    [
      ['node16', 'node16'],
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ].map(([module, resolution]) => ({
      name: `TypeScript ${version}, ${resolution}`,
      want: '',
      try: () => compile(version, module!, resolution!),
    })),
  ),
  { name: 'type instantiations', want: 'within the limit', try: countInstantiations },
  ...published.flatMap((name) => [
    {
      name: `publint, ${name}`,
      want: 'clean',
      async try() {
        await mustRun(bin('publint'), ['--strict', join('node_modules/@cekura-kit', name)], folder)
        return 'clean'
      },
    },
    {
      name: `attw, ${name}`,
      want: 'clean',
      async try() {
        const tarball = `cekura-kit-${name}-${await versionOf(name)}.tgz`
        if (values.registry) await mustRun('npm', ['pack', `@cekura-kit/${name}@latest`], folder)
        const options = ['--profile', 'esm-only', '--format', 'ascii']
        // No module: the document itself, for whoever reads files.
        if (name === 'spec') options.push('--exclude-entrypoints', 'openapi.yaml')
        await mustRun(bin('attw'), [tarball, ...options], folder)
        return 'clean'
      },
    },
  ]),
]

async function versionOf(name: string): Promise<string> {
  const at = pathToFileURL(join(folder, 'node_modules/@cekura-kit', name, 'package.json'))
  return (JSON.parse(await readFile(at, 'utf8')) as { version: string }).version
}

const chosen = trials.filter(
  ({ name }) =>
    wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word.toLowerCase())),
)
if (chosen.length === 0) {
  console.error(
    `Cannot try "${wanted.join(' ')}": no trial has such a name; there are ${trials.map(({ name }) => name).join('; ')}`,
  )
  await rm(folder, { recursive: true })
  process.exit(2)
}
let failures = 0
try {
  const start = performance.now()
  await install()
  console.log(`packed and installed in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  await using mock = await startMock({ mode: 'proxied', rows: 60 })
  for (const { name, want, try: attempt } of chosen) {
    const begin = performance.now()
    const got = await attempt(mock.url).catch(String)
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    if (got !== want) failures += 1
    console.log(
      `${got === want ? 'ok  ' : 'FAIL'} ${name.padEnd(28)} ${seconds.padStart(5)} s  ${got}`,
    )
  }
  console.log(`${chosen.length - failures} of ${chosen.length} hold`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = failures > 0 ? 1 : 0
