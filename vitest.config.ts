import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const folders = globSync(['spec', 'packages/*', 'apps/*'], { cwd: import.meta.dirname })
  .map((folder) => join(import.meta.dirname, folder))
  .filter((folder) => existsSync(join(folder, 'package.json')))

// A package's `test` script leaves its numbers, which `.ci/run` adds up.
const { npm_lifecycle_event: script, npm_package_json: manifest } = process.env
const results =
  script === 'test' && manifest ? join(dirname(manifest), 'test-results/vitest.json') : undefined

export default defineConfig({
  test: {
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: folders.map((root) =>
      existsSync(`${root}/vitest.config.ts`)
        ? root
        : {
            root,
            test: {
              name: JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).name,
              // No test is about speed; a busy machine must not fail one.
              testTimeout: 60_000,
              hookTimeout: 60_000,
              // Builds hold compiled copies of the tests, a mutation run changed ones, consumers their own.
              exclude: [...configDefaults.exclude, '**/{dist,.stryker-tmp,consumers}/**'],
            },
          },
    ),
  },
})
