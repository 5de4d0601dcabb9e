import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How long a command may take, unless its caller says more. */
const usualTimeoutMs = 300_000

export interface Ended {
  code: number | null
  /** Standard output and errors as they came. */
  output: string
}

/** The caller's environment without what a package manager tells the scripts it runs. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(p?npm_(?!config_(registry|cache|store_dir)$)|turbo_)/i.test(name),
    ),
  )

/** Runs a command to its end, whatever its exit code. */
export async function tryCommand(
  cwd: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  timeoutMs = usualTimeoutMs,
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const [code] = (await once(child, 'close')) as [number | null]
  if (child.killed) output += `\nended after ${timeoutMs / 1000} s, which is all it had`
  return { code, output: output.trim() }
}

/**
 * Runs a command that must succeed.
 *
 * @returns what it printed
 * @throws {Error} with its last lines when it fails
 */
export async function runCommand(
  cwd: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, output } = await tryCommand(cwd, command, args, environment)
  if (code !== 0)
    throw new Error(
      `\`${[command, ...args].join(' ')}\` ended with ${code}:\n${output.split('\n').slice(-30).join('\n')}`,
    )
  return output
}

/** Packs a built package into a folder. */
export async function pack(
  path: string,
  folder: string,
): Promise<{ name: string; filename: string }> {
  const output = await runCommand(path, 'pnpm', ['pack', '--json', '--pack-destination', folder])
  return JSON.parse(output.slice(output.indexOf('{'))) as { name: string; filename: string }
}
