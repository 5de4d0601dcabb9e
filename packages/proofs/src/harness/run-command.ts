import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface CommandOptions {
  /** Added to the environment of this process. */
  env?: NodeJS.ProcessEnv
  /** Milliseconds until the command and its children are killed; default 5 minutes. */
  timeoutMs?: number
}

export interface CommandResult {
  /** Null when a signal ended the command. */
  code: number | null
  /** Standard output and standard error, in the order they arrived, trimmed. */
  output: string
}

/** This process's environment without what a package manager sets for the scripts that it runs. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(p?npm_(?!config_(registry|cache|store_dir)$)|turbo_)/i.test(name),
    ),
  )

const running = new Set<ChildProcess>()

/** Kills a command with its children: each command leads a process group. */
function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

process.once('exit', () => running.forEach(killGroup))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

function start(
  folder: string,
  command: string,
  args: readonly string[],
  { env, timeoutMs }: CommandOptions,
): {
  child: ChildProcess
  ended: Promise<CommandResult>
  onOutput(listener: (all: string) => void): void
} {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  let output = ''
  let listener: ((all: string) => void) | undefined
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      listener?.(output)
    })
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          output += `\nkilled after ${timeoutMs / 1000} s`
          killGroup(child)
        }, timeoutMs)
  const ended = once(child, 'close')
    .then(([code]) => ({ code: code as number | null, output: output.trim() }))
    .finally(() => {
      clearTimeout(timer)
      running.delete(child)
    })
  return { child, ended, onOutput: (added) => (listener = added) }
}

/** Runs a command until it ends, whatever its exit code. @throws {Error} if it cannot be started */
export const tryCommand = (
  folder: string,
  command: string,
  args: readonly string[],
  { timeoutMs = 300_000, ...options }: CommandOptions = {},
): Promise<CommandResult> => start(folder, command, args, { timeoutMs, ...options }).ended

/**
 * Runs a command that must succeed.
 *
 * @returns its output
 * @throws {Error} with the last 30 lines of its output when it fails
 */
export async function runCommand(
  folder: string,
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<string> {
  const { code, output } = await tryCommand(folder, command, args, options)
  if (code === 0) return output
  const lastLines = output.split('\n').slice(-30).join('\n')
  throw new Error(`\`${[command, ...args].join(' ')}\` exited with ${code}:\n${lastLines}`)
}

/**
 * Starts a command that runs until it is disposed of.
 *
 * @param ready matched against the output; its first group is returned
 * @throws {Error} with the output when it ends before that
 */
export async function startCommand(
  folder: string,
  command: string,
  args: readonly string[],
  ready: RegExp,
  options: CommandOptions = {},
): Promise<{ ready: string } & AsyncDisposable> {
  const { child, ended, onOutput } = start(folder, command, args, options)
  const found = new Promise<string>((resolve) =>
    onOutput((all) => {
      const match = ready.exec(all)
      if (match) resolve(match[1] ?? '')
    }),
  )
  const early = ended.then(({ output }) => {
    throw new Error(`\`${[command, ...args].join(' ')}\` ended before it was ready:\n${output}`)
  })
  return {
    ready: await Promise.race([found, early]),
    async [Symbol.asyncDispose]() {
      killGroup(child)
      await early.catch(() => undefined)
    },
  }
}
