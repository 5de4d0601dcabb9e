// Code blocks that a reader copies compile and run; links lead somewhere.
import { execFile } from 'node:child_process'
import { glob, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { startMock } from '@cekura-kit/mock'
import { expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const run = promisify(execFile)

/** Every Markdown file of the repository: its text by its path from the root. */
const texts = new Map<string, string>()
const exclude = ['**/node_modules', '**/dist', '**/CHANGELOG.md']
for await (const file of glob('**/*.md', { cwd: root, exclude }))
  texts.set(file, await readFile(join(root, file), 'utf8'))
const files = [...texts.keys()]

const codeBlocks = (file: string): string[] =>
  [...texts.get(file)!.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code!)

/** A folder inside the package, so that a block finds the dependencies. */
async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, '../node_modules/readme-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('every TypeScript block of a Markdown file compiles', async () => {
  const folder = await createFolder()
  for (const file of files)
    for (const [index, code] of codeBlocks(file).entries())
      await writeFile(
        join(folder, `${file.replaceAll(/\W+/g, '-')}-${index + 1}.ts`),
        `${code}export {}\n`,
      )
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { rootDir: '/', noUnusedLocals: false },
      include: ['*.ts'],
    }),
  )
  const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc')
  const output = await run(tsc, ['-p', folder]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )
  expect(output).toBe('')
}, 60_000)

test('the TypeScript blocks of the root README run as JavaScript against the mock', async () => {
  const folder = await createFolder()
  // An evaluation ends before the first poll.
  const mock = await startMock({ mode: 'proxied', rows: 3, realTime: true, evaluationMs: 1000 })
  onTestFinished(() => mock.close())
  const env = { ...process.env, CEKURA_API_KEY: 'any', CEKURA_API_URL: mock.url }
  const outputs: string[] = []
  for (const [index, code] of codeBlocks('README.md').entries()) {
    const file = join(folder, `${index}.mjs`)
    await writeFile(file, code)
    outputs.push((await run(process.execPath, [file], { env })).stdout)
  }
  const [evaluated, listed, testing] = outputs
  expect(evaluated).toMatch(/^(success|failure) Followed the script [05]$/m)
  // The sent call is in the list.
  expect(listed!.match(/^\d{4}-\d\d-\d\dT.+ \d\d:\d\d$/gm)).toHaveLength(4)
  expect(testing).toBe('250 []\n')
  expect(mock.violations()).toEqual([])
}, 60_000)

test('no code block uses syntax that Node 20 and 22 cannot parse', () => {
  for (const file of files)
    for (const code of codeBlocks(file)) expect(code, file).not.toMatch(/^\s*(await )?using /m)
})

test('every relative link of a Markdown file leads to a file', async () => {
  const links = files.flatMap((file) =>
    [
      ...texts
        .get(file)!
        .replaceAll(/^```[\s\S]*?^```/gm, '')
        .matchAll(/\]\(([^)\s]+)\)/g),
    ]
      .map(([, target]) => target!.split('#')[0]!)
      .filter((target) => target !== '' && !/^\w+:/.test(target))
      .map((target) => ({ file, target })),
  )
  expect(links.length).toBeGreaterThan(20)
  const broken = await Promise.all(
    links.map(async (link) =>
      (await stat(join(root, dirname(link.file), link.target)).catch(() => undefined))
        ? []
        : [link],
    ),
  )
  expect(broken.flat()).toEqual([])
})

test('the list of decisions names every decision once', () => {
  const decisions = files.flatMap((file) => /^docs\/decisions\/(\d.+)$/.exec(file)?.[1] ?? [])
  const listed = [...texts.get('docs/decisions/README.md')!.matchAll(/\| \[\d+\]\((\d.+?)\)/g)]
  expect(listed.map(([, file]) => file)).toEqual(decisions.toSorted())
})

test('every decision has the four sections and fits one page', () => {
  for (const [file, text] of texts) {
    if (!/^docs\/decisions\/\d/.test(file)) continue
    const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
    expect(sections, file).toEqual(['Context', 'Decision', 'Consequences', 'Revisit when'])
    expect(text.split('\n').length, file).toBeLessThanOrEqual(60)
  }
})
