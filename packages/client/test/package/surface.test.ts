import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'client-surface-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const tsc = at('../node_modules/typescript/bin/tsc')

function compile(...options: string[]): string {
  return execFileSync(process.execPath, [tsc, ...options], { encoding: 'utf8' })
}

/** Declarations without what only a reader of the source needs. */
function declarationsOf(name: string): string {
  return readFileSync(join(folder, `${name}.d.ts`), 'utf8')
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/^\s*\n/gm, '')
    .trim()
}

test('the public surface is the one that was reviewed', async () => {
  compile('-p', at('..'), '--noEmit', 'false', '--emitDeclarationOnly', '--outDir', folder)
  const modules = [
    'index',
    'create-client',
    'settings',
    'call-logs',
    'list-query',
    'page-walk',
    'cekura-error',
    'hooks',
    'standard-schema',
    'testing',
    'otel',
  ]
  const report = modules.map((name) => `// ${name}\n${declarationsOf(name)}\n`).join('\n')
  // Changed on purpose? `pnpm vitest run --project @cekura-kit/client -u`, and a changeset.
  await expect(report).toMatchFileSnapshot('./public-surface.txt')
})
