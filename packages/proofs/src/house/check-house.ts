// Runs oxlint and cspell and compares what they find with the allow-list.
// With --lower it lowers the counts of the allow-list that are too high.
import { readFile, writeFile } from 'node:fs/promises'
import { readChangedLines } from './changed-lines.ts'
import { compareCounts, lowerCounts, type AllowList } from './compare-counts.ts'
import { repositoryRoot, runLinters } from './run-linters.ts'

const path = new URL('allow-list.json', import.meta.url)
const allowed = JSON.parse(await readFile(path, 'utf8')) as AllowList
const findings = await runLinters(repositoryRoot)

if (process.argv.includes('--lower')) {
  await writeFile(path, `${JSON.stringify(lowerCounts(findings, allowed), null, 2)}\n`)
} else {
  const problems = compareCounts(findings, allowed, await readChangedLines(repositoryRoot))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}
