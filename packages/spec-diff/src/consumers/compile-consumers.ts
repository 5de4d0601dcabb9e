import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { consumerPrelude, type ConsumerLine } from './write-consumers.ts'

export interface ConsumerSet {
  lines: readonly ConsumerLine[]
  /** Absolute path of the module of types that the consumer upgrades to. */
  types: string
}

const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'es2023',
  lib: ['es2023', 'dom'],
  module: 'nodenext',
  moduleDetection: 'force',
  types: [],
  allowImportingTsExtensions: true,
}

/**
 * Compiles consumer code against types, with the repository's TypeScript.
 *
 * @returns for each set the lines that do not compile
 * @throws {Error} when the types themselves do not compile
 */
export async function compileConsumers(sets: readonly ConsumerSet[]): Promise<ConsumerLine[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'consumers-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    const openapiFetch = dirname(dirname(fileURLToPath(import.meta.resolve('openapi-fetch'))))
    await symlink(openapiFetch, join(folder, 'node_modules/openapi-fetch'))
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    )
    for (const [i, { lines, types }] of sets.entries()) {
      const text = consumerPrelude(types) + lines.map(({ code }) => code).join('\n')
      await writeFile(join(folder, `consumer-${i}.ts`), `${text}\n`)
    }
    const firstLine = consumerPrelude('').split('\n').length
    const failed = sets.map(() => new Set<ConsumerLine>())
    for (const message of (await compile(folder))
      .split('\n')
      .filter((line) => /error TS/.test(line))) {
      const [, set, line] = /^consumer-(\d+)\.ts\((\d+),\d+\)/.exec(message) ?? []
      const found = sets[Number(set)]?.lines[Number(line) - firstLine]
      if (!found) throw new Error(`The generated types do not compile: ${message}`)
      failed[Number(set)]!.add(found)
    }
    return failed.map((set) => [...set])
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What `tsc` prints. */
async function compile(folder: string): Promise<string> {
  const require = createRequire(new URL('../../../../package.json', import.meta.url))
  const manifest = require.resolve('typescript/package.json')
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: { tsc: string } }
  const tsc = join(dirname(manifest), bin.tsc)
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsc, '-p', folder, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 1 << 28 },
      (_error, stdout) => resolve(stdout),
    )
  })
}
