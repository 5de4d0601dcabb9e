import type { Readable } from 'node:stream'

/** Where text goes; the callback comes when it is written or cannot be. */
export interface Sink {
  write(text: string, done: (error?: Error | null) => void): unknown
}

/** What the command line takes from the world, so that nothing below reads a global. */
export interface Io {
  stdin: Readable
  stdout: Sink
  stderr: Sink
  /** Which of the streams a person reads. */
  isTTY: { stdout: boolean; stderr: boolean }
  /** Width of the terminal, which can change. */
  columns(): number
  env: Readonly<Record<string, string | undefined>>
  now(): number
  /** Aborts with the name of the signal that ends the run. */
  signal: AbortSignal
}

/** The process as {@link Io}. */
export function createProcessIo(process: NodeJS.Process, signal: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process
  return {
    stdin,
    stdout,
    stderr,
    isTTY: { stdout: stdout.isTTY, stderr: stderr.isTTY },
    columns: () => stdout.columns ?? stderr.columns ?? 80,
    env,
    now: Date.now,
    signal,
  }
}
