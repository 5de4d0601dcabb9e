import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareCounts, lowerCounts } from './compare-counts.ts'
import { repositoryRoot, runLinters, type Finding } from './run-linters.ts'

const longFunction = `export function long(): void {\n${'  void 0\n'.repeat(80)}}\n`

// Each file breaks one rule.
// cspell:disable
const broken: { rule: string; file: string; text: string; line: number; message: RegExp }[] = [
  {
    rule: 'import/no-cycle',
    file: 'packages/mock/src/a.ts',
    text: "import type { B } from './b.ts'\n\nexport type A = B | 1\n",
    line: 1,
    message: /cycle.*Refactor.*b\.ts \(packages\/mock\/src\/b\.ts\)/s,
  },
  {
    rule: 'house/library-owner',
    file: 'apps/cli/src/call-api.ts',
    text: "import createClient from 'openapi-fetch'\n\nexport { createClient }\n",
    line: 1,
    message: /Only packages\/client .* may import openapi-fetch\. Use createClient/,
  },
  {
    rule: 'house/library-owner',
    file: 'packages/client/src/types.ts',
    text: "import type { Changeset } from '@changesets/types'\n\nexport type Bump = Changeset\n",
    line: 1,
    message: /Only packages\/spec-diff may import @changesets\/types\. Move/,
  },
  {
    rule: 'house/library-owner',
    file: 'packages/contract/src/load-prism.ts',
    text: "export const prism = await import('@stoplight/prism-http')\n",
    line: 1,
    message: /Only packages\/mock may import @stoplight\/prism-http\. Use startMock/,
  },
  {
    rule: 'house/public-entry',
    file: 'packages/types/src/private.ts',
    text: "export { default } from 'openapi-typescript/dist/lib/ts.mjs'\n",
    line: 1,
    message: /private path of openapi-typescript\. Import an entry point/,
  },
  {
    rule: 'house/limit-name',
    file: 'packages/mock/src/limit.ts',
    text: `export const mostBytes = 1\n`,
    line: 1,
    message: /Rename mostBytes to maxBytes/,
  },
  {
    rule: 'house/limit-name',
    file: 'packages/mock/src/read-env.ts',
    text: `export const settings = { LEAST_ROWS: 1 }\n`,
    line: 1,
    message: /Rename LEAST_ROWS to MIN_ROWS/,
  },
  {
    rule: 'max-lines-per-function',
    file: 'apps/cli/src/long.ts',
    text: longFunction,
    line: 1,
    message: /`long` has too many lines \(82\).*80.*splitting/s,
  },
  {
    rule: 'max-lines',
    file: 'apps/cli/src/large.ts',
    text: `${'// One of many lines.\n'.repeat(300)}export const large = 1\n`,
    line: 301,
    message: /301.*300.*Split it/s,
  },
  {
    rule: 'flagged-word',
    file: 'README.md',
    text: `# Title\n\nThe service told us.\n`,
    line: 3,
    message: /is not plain English\. Write logged, printed, reported/,
  },
  {
    rule: 'flagged-word',
    file: 'spec/src/names.ts',
    text: `export const readVerdict = 1\n`,
    line: 1,
    message: /is not plain English\. Write result/,
  },
  {
    rule: 'spelling',
    file: 'docs/behavior.md',
    text: `# Behavior\n\nThe behaviour of a call.\n`,
    line: 3,
    message: /Unknown word .* Fix the spelling, or add it to "words"/,
  },
  {
    rule: 'spelling',
    file: 'packages/client/src/comment.ts',
    text: `// Makes a requset.\nexport const request = 1\n`,
    line: 1,
    message: /Unknown word/,
  },
]
// cspell:enable

let root = ''
let findings: Finding[] = []

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'house-')))
  const plugin = fileURLToPath(new URL('oxlint-plugin.ts', import.meta.url))
  const oxlint = await readFile(join(repositoryRoot, '.oxlintrc.json'), 'utf8')
  await write('.oxlintrc.json', oxlint.replace(/\.\/[\w/-]+oxlint-plugin\.ts/, plugin))
  await write('cspell.json', await readFile(join(repositoryRoot, 'cspell.json'), 'utf8'))
  await write('packages/mock/src/b.ts', "import type { A } from './a.ts'\n\nexport type B = A[]\n")
  await write('packages/client/src/owner.ts', "export { default } from 'openapi-fetch'\n")
  for (const { file, text } of broken) await write(file, text)
  findings = await runLinters(root)
})

afterAll(() => rm(root, { recursive: true }))

test.each(broken)(
  '$rule is reported in $file with line and fix',
  ({ rule, file, line, message }) => {
    const found = findings.filter((finding) => finding.file === file)
    expect(found).toEqual([{ file, line, rule, message: expect.stringMatching(message) }])
  },
)

test('an owner may import its library', () => {
  expect(findings.filter(({ file }) => file.endsWith('owner.ts'))).toEqual([])
})

test.each(['words', 'flagWords'] as const)('%s of cspell.json are sorted', async (list) => {
  const config = JSON.parse(await readFile(join(repositoryRoot, 'cspell.json'), 'utf8')) as Record<
    typeof list,
    string[]
  >
  expect(config[list]).toEqual(config[list].toSorted())
})

const finding = (line: number): Finding => ({
  file: 'apps/cli/src/a.ts',
  line,
  rule: 'spelling',
  message: 'Unknown word.',
})

test('a count above the allow-list names the findings on changed lines', () => {
  const [text, ...others] = compareCounts(
    [finding(1), finding(7)],
    { 'apps/cli': { spelling: 1 } },
    ({ line }) => line === 7,
  )
  expect(others).toEqual([])
  expect(text).toBe(
    'apps/cli: 2 findings of spelling, expected at most 1:\n  apps/cli/src/a.ts:7 spelling: Unknown word.',
  )
})

test('Markdown has no allowance', () => {
  const found = { ...finding(3), file: 'README.md' }
  expect(compareCounts([found], { 'README.md': { spelling: 1 } }, () => true)).toEqual([
    '  README.md:3 spelling: Unknown word.',
  ])
})

test('a count below the allow-list says what to lower it to', () => {
  const allowed = { 'apps/cli': { spelling: 3 } }
  expect(compareCounts([finding(1)], allowed, () => true)).toEqual([
    'apps/cli: 1 findings of spelling, but the allow-list has 3. Lower it to 1: run `pnpm fix` and commit the allow-list.',
  ])
  expect(lowerCounts([finding(1)], allowed)).toEqual({ 'apps/cli': { spelling: 1 } })
})

test('an allow-list that matches has no problem, and is never raised', () => {
  const found = [finding(1), finding(2)]
  expect(compareCounts(found, { 'apps/cli': { spelling: 2 } }, () => true)).toEqual([])
  expect(lowerCounts(found, { 'apps/cli': { spelling: 1 } })).toEqual({
    'apps/cli': { spelling: 1 },
  })
  expect(lowerCounts([], { 'apps/cli': { spelling: 1 } })).toEqual({})
})
