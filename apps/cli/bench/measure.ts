import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1]!

/** A figure that is over its limit fails the run. */
export function line(
  name: string,
  figure: string,
  limit?: { isOver: boolean; text: string },
): void {
  const result = limit ? `  limit ${limit.text}${limit.isOver ? '  OVER' : ''}` : ''
  console.log(`  ${name.padEnd(26)} ${figure}${result}`)
  if (limit?.isOver) process.exitCode = 1
}

/** Runs a file of this folder, and gives what it prints as JSON. */
export async function run<Result>(name: string, ...args: readonly string[]): Promise<Result> {
  const child = spawn(process.execPath, [fileOf(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}`)
  return JSON.parse(output) as Result
}

export interface Served extends AsyncDisposable {
  url: string
}

/** A file of this folder that serves until its stdin ends, in a process of its own. */
export async function serve(
  name: 'sandbox.ts' | 'service.ts',
  ...args: readonly number[]
): Promise<Served> {
  const child = spawn(process.execPath, [fileOf(name), ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const text of createInterface(child.stdout)) {
    const { url } = JSON.parse(text) as { url: string }
    return {
      url,
      async [Symbol.asyncDispose]() {
        child.stdin.end()
        await once(child, 'exit')
      },
    }
  }
  throw new Error(`${name} has not started`)
}
