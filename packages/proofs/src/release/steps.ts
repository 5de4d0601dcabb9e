import { performance } from 'node:perf_hooks'

/** Tells what a step saw, one line each. */
export type Say = (detail: string) => void

export interface Steps {
  /** Runs one step and prints its row; the first that fails ends the trial. */
  step<T>(name: string, run: (say: Say) => Promise<T>): Promise<T>
  readonly failed: boolean
  summary(): string
}

const indent = ' '.repeat(4)

/** Prints steps as a table that grows: verdict, name, seconds, and below it what was seen. */
export function createSteps(print: (line: string) => void = console.log): Steps {
  const start = performance.now()
  let held = 0
  let failed = false
  return {
    async step(name, run) {
      const begin = performance.now()
      const details: string[] = []
      const row = (verdict: string): void => {
        const seconds = ((performance.now() - begin) / 1000).toFixed(1)
        print(`${verdict.padEnd(4)} ${name.padEnd(38)} ${seconds.padStart(6)} s`)
        for (const line of details.join('\n').split('\n')) if (line) print(indent + line)
      }
      try {
        const result = await run((detail) => details.push(detail))
        held += 1
        row('ok')
        return result
      } catch (error) {
        failed = true
        details.push((error as Error).message)
        row('FAIL')
        throw error
      }
    },
    get failed() {
      return failed
    },
    summary: () => {
      const seconds = Math.round((performance.now() - start) / 1000)
      return failed
        ? `The release does not hold: ${held} steps held, the next one failed, after ${seconds} s`
        : `The release holds: ${held} steps in ${seconds} s`
    },
  }
}
