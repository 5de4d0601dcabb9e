import { CommanderError } from 'commander'
import { exitCodes, type ExitCode } from './command-error.ts'
import { createContext, type Context } from './context.ts'
import { describeError, type Report } from './describe-error.ts'
import type { Io } from './io.ts'
import { createProgram } from './program.ts'
import { refuseKeyArguments } from './settings/refuse-key-arguments.ts'
import { createStyle, wantsColour } from './terminal/colour.ts'
import { createErr } from './terminal/err.ts'
import { createOut, ReaderGone } from './terminal/out.ts'
import { version } from './version.ts'

/** Whether the caller is a program that wants errors as JSON; also when the flags are wrong. */
const wantsJson = (args: readonly string[]): boolean =>
  args.some(
    (arg, index) =>
      arg === '--json' ||
      arg === '--format=json' ||
      (arg === '--format' && args[index + 1] === 'json') ||
      arg === '--progress=json' ||
      (arg === '--progress' && args[index + 1] === 'json'),
  )

/** Runs one command line and returns its exit code. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const out = createOut(io.stdout)
  let context: Context | undefined
  let exitCode: ExitCode = exitCodes.done
  const program = createProgram(() => context!, version, {
    width: io.isTTY.stdout ? io.columns() : 80,
    isColoured: wantsColour('auto', io.isTTY.stdout, io.env),
    write: (text) => void out.write(text),
  })
  program.hook('preAction', async (_root, command) => {
    context = await createContext(command, { io, args, out }, (code) => {
      exitCode = code
    })
  })
  const err = createErr(io.stderr, {
    style: createStyle(wantsColour('auto', io.isTTY.stderr, io.env)),
    isTTY: io.isTTY.stderr,
    isQuiet: false,
    columns: io.columns,
    isDebug: args.includes('--debug'),
  })

  async function fail(error: unknown): Promise<ExitCode> {
    if (error instanceof ReaderGone) return exitCodes.done
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    if (io.signal.aborted)
      return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
    const report = await describeError(error, args)
    tell(context?.err ?? err, report, wantsJson(args))
    if (report.code === 'unexpected') err.debug((error as Error).stack ?? '')
    return report.exitCode
  }

  try {
    refuseKeyArguments(args, io.env)
    await program.parseAsync(args, { from: 'user' })
    await out.flush()
  } catch (error) {
    // What was found before goes out first.
    await out.flush().catch(() => {})
    exitCode = await fail(error)
  }
  await (context?.err ?? err).flush()
  return exitCode
}

function tell(err: Context['err'], report: Report, asJson: boolean): void {
  const { code, message, fix, requestId, exitCode } = report
  err.warn(message)
  err.warn(`Fix: ${fix}`)
  if (requestId !== undefined) err.warn(`Request id: ${requestId}`)
  if (asJson)
    err.event({ error: { code, message, fix, request_id: requestId ?? null, exit_code: exitCode } })
}
