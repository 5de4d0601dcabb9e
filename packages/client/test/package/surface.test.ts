import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer } from '../support/compile-program.ts'

const consumer = createConsumer()
afterAll(consumer.remove)

/** The modules whose declarations can be reached from a public one, in the order of imports. */
function listModules(names: string[]): Map<string, string> {
  const modules = new Map<string, string>()
  const visit = (name: string): void => {
    if (modules.has(name)) return
    const text = readFileSync(join(consumer.folder, 'client', `${name}.d.ts`), 'utf8')
    modules.set(name, text)
    for (const [, path = ''] of text.matchAll(/from '(\.[^']+)\.ts'/g))
      visit(join(name, '..', path))
  }
  for (const name of names) visit(name)
  return modules
}

/** Declarations without documentation. */
const withoutComments = (text: string): string =>
  text
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/^\s*\n/gm, '')
    .trim()

test('the public surface is the one that was reviewed', async () => {
  const modules = listModules(['index', 'testing', 'otel'])
  const report = [...modules]
    .map(([name, text]) => `// ${name}\n${withoutComments(text)}\n`)
    .join('\n')
  // Changed on purpose? `pnpm vitest run --project @cekura-kit/client -u`, and a changeset.
  await expect(report).toMatchFileSnapshot('./public-surface.txt')
})
