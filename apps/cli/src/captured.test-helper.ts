import { Readable } from 'node:stream'
import type { Io } from './io.ts'
import { main } from './main.ts'

export interface Captured {
  code: number
  stdout: string
  stderr: string
}

export interface CaptureOptions {
  env?: Record<string, string | undefined>
  /** Which streams a terminal is at; default none. */
  isTTY?: boolean
  columns?: number
  stdin?: string
  now?: number
  signal?: AbortSignal
}

/** Runs a command line with everything it takes from the world given, and collects what it writes. */
export async function capture(
  args: readonly string[],
  options: CaptureOptions = {},
): Promise<Captured> {
  const { env = {}, isTTY = false, columns = 200, stdin = '' } = options
  const captured = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string, done: () => void) {
      captured[name] += text
      done()
    },
  })
  const io: Io = {
    stdin: Readable.from([stdin]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    isTTY: { stdout: isTTY, stderr: isTTY },
    columns: () => columns,
    // A missing folder, so that no local settings apply.
    env: { XDG_CONFIG_HOME: '/nowhere', ...env },
    now: () => options.now ?? Date.now(),
    signal: options.signal ?? new AbortController().signal,
  }
  return { code: await main(args, io), ...captured }
}
