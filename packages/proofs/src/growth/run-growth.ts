// Changes the spec in a copy of the repository: all checks must pass without a change elsewhere.
//   run-growth.ts [WORD…] runs the edits whose names contain a word
import { performance } from 'node:perf_hooks'
import { stripVTControlCharacters } from 'node:util'
import { cloneRepository, type Clone } from '../harness/clone-repository.ts'
import { selectChecks } from '../harness/report.ts'
import { runProof } from '../harness/run-proof.ts'
import { edits, operationsOfEveryKind, type SpecEdit } from './edits.ts'

const specFile = 'spec/openapi.yaml'
// Neither git nor the format check reads it there.
const compilerFile = 'node_modules/growth.tsconfig.json'

/** One program with the code of all packages takes a fraction of one program per package. */
const compilerConfig = JSON.stringify({
  extends: '../tsconfig.json',
  compilerOptions: { rootDir: '..' },
  include: ['../spec/src', '../packages/*/src', '../apps/cli/src', '../apps/dashboard/src/server'],
})

type Command = readonly [string, ...string[]]

const contractSuite = (target: string): Command => [
  'node',
  'packages/contract/src/bin.ts',
  '--target',
  target,
]
const regenerate: Command = ['pnpm', 'run', 'regenerate']

/** After a single edit. The suite on `proxied` includes everything that it does on `sandbox`. */
const quickCommands: readonly Command[] = [
  regenerate,
  ['pnpm', 'exec', 'tsc', '-p', compilerFile],
  contractSuite('mock'),
  contractSuite('proxied'),
]
/** After all edits together. */
const allCommands: readonly Command[] = [
  regenerate,
  ['pnpm', 'run', 'check'],
  // Tests whose imports reach a file that changed; no other test can notice the edits.
  ['pnpm', 'exec', 'vitest', 'run', '--changed', '--reporter=dot'],
  ...['mock', 'sandbox', 'proxied'].map(contractSuite),
]

/** Files that changed and are neither the spec nor generated from it. */
async function findOtherChanges(clone: Clone): Promise<string[]> {
  await clone.git('add', '-A')
  const changed = await clone.git('diff', '--cached', '--name-only', 'HEAD')
  const others: string[] = []
  for (const file of changed.split('\n').filter(Boolean)) {
    if (/^(spec|\.changeset)\/|^packages\/types\/openapi\.json$/.test(file)) continue
    const isGenerated = (await clone.read(file)).startsWith('// Generated from')
    if (!isGenerated) others.push(file)
  }
  return others
}

/** Names of failed tests, and the end of an output. */
function excerpt(output: string): string[] {
  const lines = stripVTControlCharacters(output).split('\n')
  return [...new Set([...lines.filter((line) => line.startsWith(' FAIL ')), ...lines.slice(-25)])]
}

async function applyEdits(
  clone: Clone,
  applied: readonly SpecEdit[],
  commands: readonly Command[],
): Promise<string> {
  await clone.git('reset', '-q', '--hard')
  await clone.git('clean', '-qfd')
  const spec = await clone.read(specFile)
  await clone.write(
    specFile,
    applied.reduce((text, edit) => edit.apply(text), spec),
  )
  await clone.write(compilerFile, compilerConfig)
  const problems: string[] = []
  const times: string[] = []
  for (const [command, ...args] of commands) {
    const start = performance.now()
    const { code, output } = await clone.try(command, args, { timeoutMs: 1_800_000 })
    times.push(`${args.at(-1)} ${((performance.now() - start) / 1000).toFixed(0)} s`)
    if (code !== 0) {
      problems.push(`\`${command} ${args.join(' ')}\` exits with ${code}:`, ...excerpt(output))
    }
  }
  const others = await findOtherChanges(clone)
  if (others.length > 0) problems.push(`changed, but not generated: ${others.join(', ')}`)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return times.join(', ')
}

await runProof('growth', async ({ step, table }, folder) => {
  const together = [...edits, operationsOfEveryKind]
  const cells = [
    ...together.map((edit) => ({ name: edit.name, edits: [edit], commands: quickCommands })),
    { name: 'together', edits: together, commands: allCommands },
  ]
  const chosen = selectChecks(cells, process.argv.slice(2))
  const clone = await step('copy the repository', () => cloneRepository(`${folder}/repository`))
  await step('install', () => clone.run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline'))
  await table(
    chosen.map(({ name, edits: applied, commands }) => ({
      name,
      run: () => applyEdits(clone, applied, commands),
    })),
  )
})
