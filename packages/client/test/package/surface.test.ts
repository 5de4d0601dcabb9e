import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createConsumer } from '../support/compile-program.ts'

const consumer = createConsumer()
afterAll(consumer.remove)

const read = (name: string): string =>
  readFileSync(join(consumer.folder, 'client', `${name}.d.ts`), 'utf8')

/** The entries of the package, each followed by the modules that it exports from. */
const listModules = (entries: string[]): string[] =>
  entries.flatMap((entry) => [
    entry,
    ...Array.from(
      read(entry).matchAll(/^export .* from '\.\/([^']+)\.ts'/gm),
      ([, name = '']) => name,
    ),
  ])

/** Declarations without documentation and source map. */
const withoutComments = (text: string): string =>
  text
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?|^\/\/# sourceMappingURL=.*$/gm, '')
    .replaceAll(/^\s*\n/gm, '')
    .trim()

test('the public surface is the one that was reviewed', async () => {
  const report = listModules(['index', 'testing', 'otel'])
    .map((name) => `// ${name}\n${withoutComments(read(name))}\n`)
    .join('\n')
  // Changed on purpose? `pnpm vitest run --project @cekura-kit/client -u`, and a changeset.
  await expect(report).toMatchFileSnapshot('./public-surface.txt')
})
