// Lines of source per package, without tests and generated files: lines [COMMIT to compare with].
import { execFileSync } from 'node:child_process'
import { repositoryRoot } from './run-linters.ts'

const sources = [':(glob)spec/src/**', ':(glob)packages/*/src/**', ':(glob)apps/*/src/**']
const isSource = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/\.(?:test|test-helper|e2e)\.tsx?$/.test(path)

/** Paths in which a pattern is found, with the number of lines that match. */
function grep(pattern: string, commit: string | undefined): Map<string, number> {
  const tree = commit === undefined ? '--untracked' : commit
  const args = ['grep', '--count', '-e', pattern, tree, '--', ...sources]
  const output = execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' })
  const lines = output.trim().split('\n')
  // COMMIT:path:count, or path:count for the files as they are.
  return new Map(
    lines.map((line) => {
      const [count = '0', path = ''] = line.split(':').toReversed()
      return [path, Number(count)]
    }),
  )
}

/** Lines by folder of a package. */
function countLines(commit?: string): Map<string, number> {
  const generated = grep('^// Generated from', commit)
  const lines = new Map<string, number>()
  for (const [path, count] of grep('', commit)) {
    if (!isSource(path) || generated.has(path)) continue
    const folder = path.slice(0, path.indexOf('/src/'))
    lines.set(folder, (lines.get(folder) ?? 0) + count)
  }
  return lines
}

const commits = process.argv.slice(2)
const columns = [...commits.map((commit) => countLines(commit)), countLines()]
const folders = [...new Set(columns.flatMap((lines) => [...lines.keys()]))].toSorted()
const row = (name: string, cells: readonly (number | string)[]): void =>
  console.log(name.padEnd(22) + cells.map((cell) => String(cell).padStart(10)).join(''))
const total = (lines: Map<string, number>): number =>
  [...lines].reduce((sum, [folder, count]) => (folder === 'packages/proofs' ? sum : sum + count), 0)

row('', [...commits, 'now'])
for (const folder of folders)
  row(
    folder,
    columns.map((lines) => lines.get(folder) ?? 0),
  )
row('all but proofs', columns.map(total))
