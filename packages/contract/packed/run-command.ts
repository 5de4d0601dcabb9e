import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Ended {
  code: number | null
  /** What it printed, on either stream. */
  output: string
}

/** What a command prints, and how it ends; after five minutes it is ended. */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: output.trim() }
}

/** Output of a command; a failure carries what it printed. */
export async function mustRun(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { code, output } = await runCommand(command, args, cwd)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`)
  return output
}

/** Packs a built package into a folder. */
export async function pack(
  path: string,
  folder: string,
): Promise<{ name: string; filename: string }> {
  const output = await mustRun('pnpm', ['pack', '--json', '--pack-destination', folder], path)
  return JSON.parse(output.slice(output.indexOf('{'))) as { name: string; filename: string }
}
