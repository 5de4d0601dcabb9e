// The document grows in a copy of the repository: every check passes without another change.
//   node src/growth/run-growth.ts [a] [c] [together]
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { copyRepository, isGenerated, type RepositoryCopy } from './copy-repository.ts'
import { edits, operationsOfEveryKind, type SpecEdit } from './edits.ts'

/** A command that must succeed after an edit. */
interface Step {
  name: string
  command: readonly [string, ...string[]]
}

interface Cell {
  name: string
  edits: readonly SpecEdit[]
  steps: readonly Step[]
}

const contract = (target: string): Step => ({
  name: `contract suite on ${target}`,
  command: ['node', 'packages/contract/src/bin.ts', '--target', target],
})

/** One program with the code of all packages, which takes a fraction of one program per package. */
const compileEverything = 'spec/growth.tsconfig.json'
const compilerConfig = {
  extends: '../tsconfig.json',
  compilerOptions: { rootDir: '..' },
  include: ['src', '../packages/*/src', '../apps/cli/src', '../apps/dashboard/src/server'],
}

const quickSteps: readonly Step[] = [
  { name: 'types compile', command: ['node_modules/.bin/tsc', '-p', compileEverything] },
  ...['mock', 'sandbox', 'proxied'].map(contract),
]

/** Test files of the old meaning of a change that is a major version by policy. */
const testsOfTheOldMeaning: readonly string[] = []

const fullSteps: readonly Step[] = [
  { name: 'pnpm check', command: ['pnpm', 'run', 'check'] },
  {
    name: 'package and app tests',
    command: [
      'node',
      'node_modules/vitest/vitest.mjs',
      'run',
      ...testsOfTheOldMeaning.flatMap((file) => ['--exclude', file]),
    ],
  },
  ...['mock', 'sandbox', 'proxied'].map(contract),
]

const together = [...edits, operationsOfEveryKind]
const cells: readonly Cell[] = [
  ...together.map((edit) => ({ name: edit.name, edits: [edit], steps: quickSteps })),
  { name: 'together', edits: together, steps: fullSteps },
]

/** What is wrong, undefined if nothing is. */
async function runCell(copy: RepositoryCopy, { edits: applied, steps }: Cell): Promise<string[]> {
  const spec = join(copy.folder, 'spec/openapi.yaml')
  await copy.reset()
  await writeFile(
    spec,
    applied.reduce((text, edit) => edit.apply(text), await readFile(spec, 'utf8')),
  )
  await writeFile(join(copy.folder, compileEverything), JSON.stringify(compilerConfig))
  const problems: string[] = []
  for (const { name, command } of [
    { name: 'pnpm regenerate', command: ['pnpm', 'run', 'regenerate'] as const },
    ...steps,
  ]) {
    const { code, output } = await copy.run(...(command as [string, ...string[]]))
    if (code === 0) continue
    problems.push(`${name} exits with ${code}:\n${output.split('\n').slice(-25).join('\n')}`)
    if (name === 'pnpm regenerate') return problems
  }
  const others: string[] = []
  for (const file of await copy.changedFiles())
    if (!file.startsWith('spec/') && !(await isGenerated(copy, file))) others.push(file)
  if (others.length > 0) problems.push(`files changed that are not generated: ${others.join(', ')}`)
  return problems
}

const words = process.argv.slice(2)
const chosen = cells.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)),
)
if (chosen.length === 0) {
  console.error(`Unknown cell. Use ${cells.map(({ name }) => name.split(':')[0]).join(', ')}.`)
  process.exit(2)
}

await using copy = await copyRepository()
for (const cell of chosen) {
  const start = performance.now()
  const problems = await runCell(copy, cell)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${cell.name.padEnd(40)} ${seconds.padStart(6)} s`,
  )
  for (const problem of problems) console.log(problem.replaceAll(/^/gm, '    '))
  if (problems.length > 0) process.exitCode = 1
}
