import { CommanderError } from 'commander'
import { exitCodes, type ExitCode } from './command-error.ts'
import { createContext, type Context } from './context.ts'
import { describeError, type Report } from './describe-error.ts'
import type { Io } from './io.ts'
import { createProgram } from './program.ts'
import { checkNode } from './settings/check-node.ts'
import { refuseKeyArguments } from './settings/refuse-key-arguments.ts'
import { colorChoices, createStyle, wantsColor } from './terminal/color.ts'
import { createErr } from './terminal/err.ts'
import { createOut, ReaderGone } from './terminal/out.ts'
import { engines, version } from './version.ts'

/** What a flag or its variable is set to, also on a command line that cannot be read. */
function glimpse(
  flag: string,
  variable: string,
  { args, env }: { args: readonly string[]; env: Io['env'] },
): string | undefined {
  const at = args.findLastIndex((arg) => arg === flag || arg.startsWith(`${flag}=`))
  if (at === -1) return env[variable]?.trim()
  return args[at] === flag ? args[at + 1] : args[at]!.slice(flag.length + 1)
}

/**
 * How a failure is told: to a person; with an object for a program after it; or, where stderr is
 * events, as one more of them and nothing else.
 */
function chooseTelling(typed: Parameters<typeof glimpse>[2], command?: Context['command']) {
  const { progress, format } = command?.opts() ?? {
    progress: glimpse('--progress', 'CEKURA_PROGRESS', typed),
    format: typed.args.includes('--json') ? 'json' : glimpse('--format', 'CEKURA_FORMAT', typed),
  }
  if (progress === 'json') return 'event'
  return format === 'json' ? 'both' : 'text'
}

/** A flag with a value that may be left out would take the next word for it. */
const spellFlag = (arg: string): string => (arg === '--debug=body' ? '--debug-body' : arg)

/** Runs one command line and returns its exit code. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const out = createOut(io.stdout)
  let context: Context | undefined
  let exitCode: ExitCode = exitCodes.done
  const typed = { args, env: io.env }
  const asked = glimpse('--color', 'CEKURA_COLOR', typed)
  const color = colorChoices.find((choice) => choice === asked) ?? 'auto'
  const program = createProgram(() => context!, version, {
    width: io.isTTY.stdout ? io.columns() : 80,
    isColored: wantsColor(color, io.isTTY.stdout, io.env),
    write: (text) => void out.write(text),
  })
  program.hook('preAction', async (_root, command) => {
    context = await createContext(command, { io, args, out }, (code) => {
      exitCode = code
    })
  })
  const err = createErr(io.stderr, {
    style: createStyle(wantsColor(color, io.isTTY.stderr, io.env)),
    isTTY: io.isTTY.stderr,
    isQuiet: false,
    columns: io.columns,
    isDebug: args.some((arg) => /^--debug(=body)?$/.test(arg)),
  })

  async function fail(error: unknown): Promise<ExitCode> {
    if (error instanceof ReaderGone) return exitCodes.done
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    if (io.signal.aborted)
      return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
    const report = await describeError(error, args, program)
    tell(context?.err ?? err, report, chooseTelling(typed, context?.command))
    if (report.code === 'unexpected') err.debug((error as Error).stack ?? '')
    return report.exitCode
  }

  try {
    checkNode(io.nodeVersion, engines)
    refuseKeyArguments(args, io.env)
    // Somebody who types the name alone wants to know what there is.
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args.map(spellFlag), { from: 'user' })
    await out.flush()
  } catch (error) {
    // What was found before goes out first.
    const late = await out.flush().catch((reason: unknown) => reason)
    // Help ends with an error that is none.
    const isHelp = error instanceof CommanderError && error.exitCode === 0
    exitCode = await fail(isHelp && late ? late : error)
  }
  await (context?.err ?? err).flush()
  return exitCode
}

function tell(
  err: Context['err'],
  { code, message, fix, requestId, exitCode }: Report,
  how: ReturnType<typeof chooseTelling>,
): void {
  const facts = { code, message, fix, request_id: requestId ?? null, exit_code: exitCode }
  if (how === 'event') {
    err.event({ event: 'error', ...facts })
    return
  }
  err.warn(message)
  err.warn(`Fix: ${fix}`)
  if (requestId !== undefined) err.warn(`Request id: ${requestId}`)
  if (how === 'both') err.event({ error: facts })
}
