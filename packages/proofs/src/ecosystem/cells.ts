import { join } from 'node:path'
import type { Consumer } from '../harness/consumer.ts'
import type { PackageSource } from '../harness/package-source.ts'
import { listPublicPackages } from '../harness/repository.ts'
import { compile } from './compile.ts'
import { runInBrowser } from './run-in-browser.ts'
import { runInWorkerd } from './run-in-workerd.ts'

/** What a cell runs with. */
export interface Stage {
  consumer: Consumer
  source: PackageSource
  /** A mock that `consumer.js` calls. */
  apiUrl: string
}

/** One end of one axis: a runtime, a compiler setting, a check of a package. */
export interface Cell {
  name: string
  /** Dependencies of `consumers/ecosystem` that it uses. */
  needs: readonly string[]
  /** What it must return; default anything, because it throws when it fails. */
  expected?: string
  run(stage: Stage): Promise<string>
}

/** What `consumer.js` prints on every runtime. */
const consumed = 'page of 5, pagination of 20, error not_found'

const nodePath = (consumer: Consumer, major: number): string =>
  join(consumer.folder, `node_modules/node${major}/bin/node`)

const nodeCells = [20, 22, 24, 26].flatMap((major): Cell[] => [
  {
    name: `Node ${major}`,
    needs: [`node${major}`],
    expected: consumed,
    run: ({ consumer, apiUrl }) => consumer.run(nodePath(consumer, major), 'node.js', apiUrl),
  },
  {
    name: `Node ${major}, CommonJS`,
    needs: [`node${major}`],
    expected: 'pagination of 20',
    run: ({ consumer, apiUrl }) =>
      consumer.run(nodePath(consumer, major), '--no-warnings', 'commonjs.cjs', apiUrl),
  },
])

const runtimeCells: Cell[] = [
  {
    name: 'esbuild, minified',
    needs: ['esbuild'],
    expected: consumed,
    async run({ consumer, apiUrl }) {
      const flags = ['--bundle', '--minify', '--format=esm', '--outfile=node.bundle.js']
      await consumer.run(consumer.bin('esbuild'), 'node.js', ...flags)
      return consumer.run(process.execPath, 'node.bundle.js', apiUrl)
    },
  },
  {
    name: 'Bun',
    needs: ['bun'],
    expected: consumed,
    run: ({ consumer, apiUrl }) => consumer.run(consumer.bin('bun'), 'node.js', apiUrl),
  },
  {
    name: 'Deno',
    needs: ['deno'],
    expected: consumed,
    run({ consumer, apiUrl }) {
      const flags = ['--allow-net', '--allow-env', '--allow-read']
      return consumer.run(consumer.bin('deno'), 'run', ...flags, 'node.js', apiUrl)
    },
  },
  {
    name: 'workerd',
    needs: ['workerd', 'esbuild'],
    expected: consumed,
    run: ({ consumer, apiUrl }) => runInWorkerd(consumer, apiUrl),
  },
  {
    name: 'Chromium',
    needs: ['esbuild'],
    expected: consumed,
    run: ({ consumer, apiUrl }) => runInBrowser(consumer, apiUrl),
  },
]

/** What a consumer's compiler may spend on the client. */
const maxInstantiations = 1000

const tscPath = (consumer: Consumer, version: string): string =>
  join(consumer.folder, `node_modules/typescript${version}/bin/tsc`)

const compilerCells = ['5.4', '5.9', '6.0', '7.0'].flatMap((version) =>
  [
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ].map(([module, moduleResolution]): Cell => ({
    name: `TypeScript ${version}, ${moduleResolution}`,
    needs: [`typescript${version}`],
    expected: '',
    async run({ consumer }) {
      const tsc = tscPath(consumer, version)
      const compilerOptions = { module, moduleResolution }
      return (await compile(consumer, { tsc, files: ['consumer.ts'], compilerOptions })).output
    },
  })),
)

/** Types that the compiler instantiates for `facade.ts`, beyond a file that imports nothing. */
async function countInstantiations({ consumer }: Stage): Promise<string> {
  await consumer.write('empty.ts', 'export {}\n')
  const counts: number[] = []
  for (const file of ['empty.ts', 'facade.ts']) {
    const { code, output } = await compile(consumer, {
      tsc: tscPath(consumer, '5.9'),
      files: [file],
      flags: ['--extendedDiagnostics', '--skipLibCheck'],
    })
    if (code !== 0) throw new Error(output)
    counts.push(Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]))
  }
  const count = counts[1]! - counts[0]!
  if (count > maxInstantiations) throw new Error(`${count}, expected at most ${maxInstantiations}`)
  return `${count}, at most ${maxInstantiations}`
}

const attwCell = (name: string): Cell => ({
  name: `attw, ${name}`,
  needs: ['@arethetypeswrong/cli'],
  async run({ consumer, source }) {
    const flags = ['--profile', 'esm-only', '--format', 'ascii']
    // Not a module: the document, for programs that read files.
    if (name === '@cekura-kit/spec') flags.push('--exclude-entrypoints', 'openapi.yaml')
    await consumer.run(consumer.bin('attw'), await source.tarballOf(name), ...flags)
    return 'clean'
  },
})

const packageCells = listPublicPackages().flatMap(({ name, exports }): Cell[] => [
  {
    name: `publint, ${name}`,
    needs: ['publint'],
    async run({ consumer, source }) {
      await consumer.run(consumer.bin('publint'), '--strict', await source.tarballOf(name))
      return 'clean'
    },
  },
  ...(exports ? [attwCell(name)] : []),
])

export const cells: readonly Cell[] = [
  ...nodeCells,
  ...runtimeCells,
  ...compilerCells,
  {
    name: 'TypeScript 5.9, type instantiations',
    needs: ['typescript5.9'],
    run: countInstantiations,
  },
  ...packageCells,
]
