import { fileURLToPath } from 'node:url'
import { SpecError } from '@cekura-kit/spec'

export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url))

/** A command was called with arguments that it does not have. */
export class UsageError extends SpecError {}

/** Exit codes of every command here. */
export const exitCodes = { success: 0, found: 1, unusableInput: 2, unexpected: 3 }

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  String((error as { code?: unknown } | null)?.code).startsWith('ERR_PARSE_ARGS')

/**
 * Runs a command and sets the exit code: what it returns, 2 for input that cannot be used, and 3
 * for a fault of the command. `--help` prints the usage. A reader that closes the pipe ends it silently.
 */
export async function runCommand(usage: string, command: () => Promise<number>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.success)
    throw error
  })
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage)
    return
  }
  try {
    process.exitCode = await command()
  } catch (error) {
    if (isUsage(error)) console.error(`${error.message}\n${usage}`)
    else if (error instanceof SpecError) console.error(error.message)
    else {
      console.error('Unexpected error, please report it:', error)
      process.exitCode = exitCodes.unexpected
      return
    }
    process.exitCode = exitCodes.unusableInput
  }
}

/** Prints what was done, and each problem; the exit code says whether there are any. */
export function reportProblems(text: string, problems: readonly string[]): number {
  console.log(text)
  for (const problem of problems) console.error(problem)
  return problems.length > 0 ? exitCodes.found : exitCodes.success
}

/** Width to print for: the terminal, or a pipe that people may still read. */
export const widthOf = (columns: number | undefined): number => Math.min(columns ?? 160, 160)
