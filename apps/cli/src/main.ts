import { CommanderError } from 'commander'
import { rejectKeyArguments } from './config/reject-key-arguments.ts'
import { createContext, type Context } from './context.ts'
import { exitCodes, type ExitCode } from './errors/command-error.ts'
import { describeError, type Report } from './errors/describe-error.ts'
import { flagValue } from './errors/suggestion.ts'
import { helpScreen } from './help/format-help.ts'
import type { Io } from './io.ts'
import { createProgram } from './program.ts'
import { createStyle } from './terminal/color.ts'
import { createStderr } from './terminal/stderr.ts'
import { createStdout, PipeClosed } from './terminal/stdout.ts'
import { version } from './version.ts'

type Typed = Pick<Io, 'env'> & { args: readonly string[] }

/** A flag or its variable, also on a command line that cannot be parsed. */
const peekFlag = (flag: string, variable: string, { args, env }: Typed): string | undefined =>
  flagValue(args, flag) ?? env[variable]?.trim()

/** How a failure is reported: as text, with an object for a program after it, or as an event. */
function chooseErrorFormat(typed: Typed, command?: Context['command']): 'text' | 'both' | 'event' {
  const { progress, format, json } = command?.opts() ?? {
    progress: peekFlag('--progress', 'CEKURA_PROGRESS', typed),
    format: peekFlag('--format', 'CEKURA_FORMAT', typed),
    json: typed.args.includes('--json'),
  }
  if (progress === 'json') return 'event'
  return json || format === 'json' ? 'both' : 'text'
}

/** Runs one command line and returns its exit code. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const out = createStdout(io.stdout)
  let context: Context | undefined
  let exitCode: ExitCode = exitCodes.done
  const typed = { args, env: io.env }
  const program = createProgram(() => context!, version, {
    ...helpScreen(io),
    write: (text) => void out.write(text),
  })
  program.hook('preAction', async (_root, command) => {
    context = await createContext(command, { io, args, out }, (code) => {
      exitCode = code
    })
  })
  const err = createStderr(io.stderr, {
    style: createStyle(io.isTTY.stderr, io.env),
    isTTY: io.isTTY.stderr,
    isQuiet: false,
    columns: io.columns,
    isDebug: args.includes('--debug'),
  })

  async function fail(error: unknown): Promise<ExitCode> {
    if (error instanceof PipeClosed) return exitCodes.done
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    if (io.signal.aborted)
      return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
    const report = await describeError(error, args, io.now())
    printError(context?.err ?? err, report, chooseErrorFormat(typed, context?.command))
    if (report.code === 'unexpected') err.debug((error as Error).stack ?? '')
    return report.exitCode
  }

  try {
    rejectKeyArguments(args, io.env)
    // The name alone shows the commands.
    if (io.env['CEKURA_COMPLETE']) {
      const { complete } = await import('./completion/complete.ts')
      await out.write(
        complete(program, args)
          .map((word) => `${word}\n`)
          .join(''),
      )
    } else if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    await out.flush()
  } catch (error) {
    // What was found is written first.
    const late = await out.flush().catch((reason: unknown) => reason)
    // Help ends with an error that is not a failure.
    const isHelp = error instanceof CommanderError && error.exitCode === 0
    exitCode = await fail(isHelp && late ? late : error)
  }
  await (context?.err ?? err).flush()
  return exitCode
}

function printError(
  err: Context['err'],
  { code, message, suggestion, requestId, exitCode }: Report,
  format: ReturnType<typeof chooseErrorFormat>,
): void {
  const request_id = requestId ?? null
  const facts = { code, message, fix: suggestion, request_id, exit_code: exitCode }
  if (format === 'event') {
    err.event({ event: 'error', ...facts })
    return
  }
  err.warn(message)
  err.warn(`Fix: ${suggestion}`)
  if (requestId !== undefined) err.warn(`Request id: ${requestId}`)
  if (format === 'both') err.event({ error: facts })
}
