import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot } from './run-linters.ts'

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')
const paths = globSync('.github/{workflows,actions/*}/*.yml', { cwd: repositoryRoot })
const workflows = paths.map((path) => ({ path, text: read(path) }))

/** Blocks of a YAML list or map whose entries start with a pattern. */
const split = (text: string, start: RegExp): string[] => text.split(start).slice(1)

interface Manifest {
  name: string
  scripts?: Record<string, string>
}
const readManifest = (path: string): Manifest => JSON.parse(read(path)) as Manifest
const root = readManifest('package.json')
const packages = globSync('{spec,packages/*,apps/*}/package.json', { cwd: repositoryRoot }).map(
  readManifest,
)

test.each(workflows)('$path names actions by commit, with the version', ({ text }) => {
  const actions = text.split('\n').filter((line) => /\buses: (?!\.\/)/.test(line))
  for (const line of actions) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test.each(workflows)('$path runs commands and files that exist', ({ text }) => {
  for (const [, name, script] of text.matchAll(/--filter (\S+) run ([\w:-]+)/g))
    expect(packages.find((manifest) => manifest.name === name)?.scripts).toHaveProperty([script!])
  for (const [, script] of text.matchAll(
    /^ *(?:- run: )?pnpm (?:--silent )?(?:run )?([a-z][a-z-]*)/gm,
  ))
    if (!['install', 'exec', 'update'].includes(script!))
      expect(root.scripts).toHaveProperty([script!])
  for (const [file] of text.matchAll(/\b(?:spec|packages|apps)\/[\w/.-]+\.ts\b/g))
    expect(existsSync(join(repositoryRoot, file)), file).toBe(true)
})

test('a job that may publish runs nothing of the repository or its dependencies', () => {
  const jobs = workflows.flatMap(({ text }) => split(text, /^ {2}(?=[\w-]+:\n)/m))
  const publishing = jobs.filter((job) => job.includes('id-token: write'))
  expect(publishing).toHaveLength(1)
  expect(publishing[0]).not.toMatch(/checkout|pnpm|npx|npm (?:ci|install)|\bnode /)
})

test('a step that has a secret downloads nothing to run', () => {
  const steps = workflows.flatMap(({ text }) => split(text, /^ {6}- /m))
  for (const step of steps.filter((text) => text.includes('secrets.')))
    expect(step).not.toMatch(/npx|npm|pnpm/)
})
