// A code block that a reader copies has to compile.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const readmes = [
  'README.md',
  ...['types', 'client', 'calls', 'mock', 'contract'].map((name) => `packages/${name}/README.md`),
  'spec/README.md',
  'docs/consuming.md',
]

test('every TypeScript block of the READMEs compiles', async () => {
  // Inside the package, so that its dependencies are found.
  const folder = await mkdtemp(join(import.meta.dirname, '../node_modules/readme-'))
  try {
    let blocks = 0
    for (const readme of readmes) {
      const text = await readFile(join(root, readme), 'utf8')
      for (const [, code] of text.matchAll(/^```ts\n([\s\S]*?)^```/gm)) {
        const name = `${readme.replaceAll(/\W+/g, '-')}-${++blocks}.ts`
        await writeFile(join(folder, name), `${code}export {}\n`)
      }
    }
    expect(blocks).toBeGreaterThanOrEqual(readmes.length)
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { rootDir: '/', noUnusedLocals: false },
        include: ['*.ts'],
      }),
    )
    const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc')
    const output = await promisify(execFile)(tsc, ['-p', folder]).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )
    expect(output).toBe('')
  } finally {
    await rm(folder, { recursive: true })
  }
}, 30_000)
