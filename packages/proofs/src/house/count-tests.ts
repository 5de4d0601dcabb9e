// Adds up what the last `test` script of each package reported, and prints `N passed, N failed`.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from './run-linters.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface VitestResults {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

interface PlaywrightResults {
  stats: { expected: number; flaky: number; unexpected: number; skipped: number }
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

function readVitest(path: string): Counts {
  const results = read(path) as VitestResults
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

function readPlaywright(path: string): Counts {
  const { stats } = read(path) as PlaywrightResults
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }
}

/** Scripts that run tests, and what each one writes. */
const runners = {
  test: { file: 'vitest.json', readCounts: readVitest },
  journeys: { file: 'playwright.json', readCounts: readPlaywright },
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
for (const manifest of globSync('{spec,packages/*,apps/*}/package.json', { cwd: repositoryRoot })) {
  const { scripts = {} } = read(join(repositoryRoot, manifest)) as {
    scripts?: Record<string, string>
  }
  for (const [script, { file, readCounts }] of Object.entries(runners)) {
    if (!(script in scripts)) continue
    const path = join(repositoryRoot, dirname(manifest), 'test-results', file)
    if (existsSync(path)) {
      const { passed, failed, skipped } = readCounts(path)
      total.passed += passed
      total.failed += failed
      total.skipped += skipped
    } else {
      console.error(`${dirname(manifest)} has no test-results/${file}. Run \`pnpm test\`.`)
      process.exitCode = 1
    }
  }
}

if (total.failed > 0) process.exitCode = 1
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
