import { performance } from 'node:perf_hooks'

/** Adds a line below the row of the running check. */
export type Log = (line: string) => void

/** A check of a table: returns what is worth reading next to its name, or throws. */
export interface Check {
  name: string
  run(): Promise<string>
}

export interface Report {
  /** Runs a check that others depend on: prints its row, and throws when it fails. */
  step<T>(name: string, run: (log: Log) => Promise<T>): Promise<T>
  /** Runs checks one after another; one that fails does not stop the rest. */
  table(checks: readonly Check[]): Promise<void>
  readonly hasFailed: boolean
  /** Prints how many passed. @returns whether all did */
  finish(): boolean
}

/** Prints one row per check: result, name, seconds and, below it, what the check found. */
export function createReport(print: (line: string) => void = console.log): Report {
  const start = performance.now()
  let passed = 0
  let failed = 0

  async function step<T>(name: string, run: (log: Log) => Promise<T>): Promise<T> {
    const begin = performance.now()
    const lines: string[] = []
    const row = (result: 'ok' | 'FAIL'): void => {
      const seconds = ((performance.now() - begin) / 1000).toFixed(1)
      print(`${result.padEnd(4)} ${name.padEnd(42)} ${seconds.padStart(6)} s`)
      for (const line of lines.join('\n').split('\n')) if (line) print(`    ${line}`)
    }
    try {
      const result = await run((line) => lines.push(line))
      passed += 1
      row('ok')
      return result
    } catch (error) {
      failed += 1
      lines.push((error as Error).message)
      row('FAIL')
      throw error
    }
  }

  return {
    step,
    async table(checks) {
      for (const { name, run } of checks)
        await step(name, async (log) => log(await run())).catch(() => undefined)
    },
    get hasFailed() {
      return failed > 0
    },
    finish() {
      const seconds = Math.round((performance.now() - start) / 1000)
      print(`\n${passed} of ${passed + failed} passed in ${seconds} s`)
      return failed === 0
    },
  }
}

/**
 * Checks whose name contains one of the words, ignoring case; all when there are no words.
 *
 * @throws {Error} when a word matches none
 */
export function selectChecks<T extends { name: string }>(
  checks: readonly T[],
  words: readonly string[],
): T[] {
  const matches = ({ name }: T, word: string): boolean =>
    name.toLowerCase().includes(word.toLowerCase())
  const unknown = words.find((word) => !checks.some((check) => matches(check, word)))
  if (unknown !== undefined)
    throw new Error(
      `No check is named like "${unknown}". Use one of: ${checks.map(({ name }) => name).join('; ')}`,
    )
  return words.length === 0
    ? [...checks]
    : checks.filter((check) => words.some((word) => matches(check, word)))
}
