import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { probePrelude, writeProbes, type Probe } from './write-probes.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface ProbeSet {
  /** The file the consumer wrote against, or what it wrote. */
  before: string | readonly Probe[]
  /** The file the consumer upgrades to. */
  after: string
}

/** The client's own copy: it is the one package that depends on it, and the probes call as it does. */
const openapiFetch = join(root, 'packages/client/node_modules/openapi-fetch')

/**
 * Compiles consumer code of each old file against its new one, with TypeScript 7.
 *
 * @returns for each set the probes that no longer compile
 */
export async function runProbes(sets: readonly ProbeSet[]): Promise<Probe[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'probes-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    await symlink(openapiFetch, join(folder, 'node_modules/openapi-fetch'))
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          target: 'es2023',
          lib: ['es2023', 'dom'],
          module: 'nodenext',
          moduleDetection: 'force',
          types: [],
          allowImportingTsExtensions: true,
        },
        include: ['*/*.ts'],
      }),
    )
    const firstLine = probePrelude.split('\n').length
    const probes = sets.map(({ before }) =>
      typeof before === 'string' ? writeProbes(before) : before,
    )
    for (const [i, { after }] of sets.entries()) {
      await mkdir(join(folder, String(i)))
      await writeFile(join(folder, String(i), 'new.ts'), after)
      const lines = probes[i]!.map(({ code }) => code)
      await writeFile(join(folder, String(i), 'probes.ts'), `${probePrelude}${lines.join('\n')}\n`)
    }
    const failed = sets.map(() => new Set<Probe>())
    for (const line of (await compile(folder)).split('\n')) {
      const match = /^(\d+)\/(\w+)\.ts\((\d+),\d+\): error (.*)$/.exec(line)
      if (!match) {
        if (/error TS/.test(line)) throw new Error(`The probes do not compile as a whole: ${line}`)
        continue
      }
      const probe = probes[Number(match[1])]?.[Number(match[3]) - firstLine]
      if (match[2] !== 'probes' || !probe)
        throw new Error(`Generated types or the probes' prelude do not compile: ${line}`)
      failed[Number(match[1])]!.add(probe)
    }
    return failed.map((set) => Array.from(set))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What `tsc` of the repository's own TypeScript says. */
async function compile(folder: string): Promise<string> {
  const manifest = createRequire(join(root, 'package.json')).resolve('typescript/package.json')
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: { tsc: string } }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(dirname(manifest), bin.tsc), '-p', folder, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 1 << 28 },
      (_error, stdout) => resolve(stdout),
    )
  })
}
