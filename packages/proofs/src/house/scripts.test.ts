import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot } from './run-linters.ts'

const readScripts = (path: string): Record<string, string> => {
  const { scripts = {} } = JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) as {
    scripts?: Record<string, string>
  }
  return scripts
}

test('the root has at most twelve scripts', () => {
  expect(Object.keys(readScripts('package.json')).length).toBeLessThanOrEqual(12)
})

test.each(
  globSync('{package.json,{spec,packages/*,apps/*}/package.json}', { cwd: repositoryRoot }),
)('scripts of %s run in every shell', (path) => {
  const commands = Object.values(readScripts(path)).flatMap((script) => script.split(' && '))
  for (const command of commands) expect(command).not.toMatch(/^\w+=|[;|$`<>']|&/)
})
