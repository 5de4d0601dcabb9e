import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { listPublicPackages, repository } from './repository.ts'

interface Block {
  language: string
  text: string
  /** Name of the output that the story puts there. */
  output: string | undefined
}

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')

const listBlocks = (guide: string): Block[] =>
  [...read(guide).matchAll(/^(?:<!-- output: (\S+) -->\n\n)?```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, output, language, text]) => ({ language: language!, text: text!, output }),
  )

const guides = ['docs/consuming.md', 'docs/publishing.md', 'docs/regenerating.md']
const programs = globSync('packages/proofs/src/{cells,harness,story}/*.ts', { cwd: repository })
  .filter((file) => !file.endsWith('.test.ts'))
  .map(read)
  .join('\n')

test.each(guides)('the story or a cell runs every block of %s', (guide) => {
  const blocks = listBlocks(guide)
  expect(blocks.length).toBeGreaterThan(0)
  for (const { language, text, output } of blocks) {
    // Every ts block is compiled with those of other Markdown files; a json block is tested below.
    if (['ts', 'json'].includes(language)) continue
    if (language === 'console') {
      expect(programs, output).toMatch(new RegExp(`\\b${output}'?: `))
      continue
    }
    const name = /^(?:\/\/|#) (\S+)\n/.exec(text)?.[1]
    expect(programs, text).toContain(`'${name}'`)
  }
})

test('the rule for Renovate matches every public package', () => {
  const rule = listBlocks('docs/regenerating.md').find(({ language }) => language === 'json')
  const { packageRules } = JSON.parse(rule!.text) as {
    packageRules: [{ matchPackageNames: string[] }]
  }
  const [{ matchPackageNames }] = packageRules
  for (const { name } of listPublicPackages())
    expect(
      matchPackageNames.some((pattern) => matchesGlob(name, pattern)),
      name,
    ).toBe(true)
})

test('every package links the guide for its users, and states the Node of its manifest', () => {
  for (const { path, engines } of listPublicPackages()) {
    const readme = read(path.replace('package.json', 'README.md'))
    expect(readme, path).toContain('docs/consuming.md')
    const stated = /\bNode ([\d.]+)\s+or newer/.exec(readme)?.[1]
    if (stated) expect(`>=${stated}`, path).toBe(engines?.node)
  }
})
