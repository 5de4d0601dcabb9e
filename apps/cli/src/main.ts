import { commands } from './commands.ts'
import { readConfig } from './config/config-file.ts'
import { rejectKeyArguments } from './config/reject-key-arguments.ts'
import { createContext, type Context } from './context.ts'
import { exitCodes, type ExitCode } from './errors/command-error.ts'
import { describeError, type Report } from './errors/describe-error.ts'
import { flagValue } from './errors/suggestion.ts'
import { formatCommandHelp, formatRootHelp, helpScreen } from './help/format-help.ts'
import type { Io } from './io.ts'
import { isConfigurable, partsOf, readOptions, type ValueSources } from './options/flag.ts'
import { globalFlags } from './options/flags.ts'
import { flagsOf, parseCommandLine } from './options/parse-command-line.ts'
import { createStderr } from './terminal/stderr.ts'
import { createStdout, PipeClosed, type Out } from './terminal/stdout.ts'
import { version } from './version.ts'

type Options = Readonly<Record<string, unknown>>

/** Options that decide how a failure is reported, also on a command line that cannot be parsed. */
const peekOptions = (args: readonly string[], env: Io['env']): Options => ({
  format: flagValue(args, '--format') ?? env['CEKURA_FORMAT']?.trim(),
  json: args.includes('--json'),
})

/** Prints a failure as text, and an object for a program after it. */
function printError(
  err: Context['err'],
  { code, message, suggestion, requestId, exitCode }: Report,
  { format, json }: Options,
): void {
  err.warn(message)
  err.warn(`Fix: ${suggestion}`)
  if (requestId !== undefined) err.warn(`Request id: ${requestId}`)
  if (!json && format !== 'json') return
  const request_id = requestId ?? null
  err.json({ error: { code, message, fix: suggestion, request_id, exit_code: exitCode } })
}

/** The words of a command line, the environment and the configuration file. */
function readSources(typed: ValueSources['typed'], env: Io['env']): ValueSources {
  const flags = commands.flatMap(flagsOf).filter(isConfigurable)
  const path = typed.get('config')?.at(-1) ?? env['CEKURA_CONFIG']
  const config = readConfig(path, env, new Set(flags.map((flag) => partsOf(flag).name)))
  return { typed, env, config }
}

/** Runs one command line and returns its exit code. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const { env } = io
  const out = createStdout(io.stdout)
  let options = peekOptions(args, env)
  let words = args
  let err = createStderr(io, { debug: args.includes('--debug') })

  async function runCommand(): Promise<ExitCode | void> {
    rejectKeyArguments(args, env)
    // The name alone shows the commands.
    if (env['CEKURA_COMPLETE']) return writeCandidates(args, out)
    const line = parseCommandLine(args, commands)
    const { command, typed } = line
    words = line.words
    if (typed.has('version')) return out.write(`${version}\n`)
    const screen = helpScreen(io)
    if (!command) return out.write(formatRootHelp(commands, screen))
    if (typed.has('help')) return out.write(formatCommandHelp(command, screen))
    const sources = readSources(typed, env)
    options = readOptions(command.flags, sources)
    const globals = readOptions(globalFlags, sources)
    const context = createContext({ io, args: words, out, commands, sources, options: globals })
    err = context.err
    const { agent } = options
    if (typeof agent === 'string') {
      const { findAgent } = await import('./agents/find-agent.ts')
      options = { ...options, agent: await findAgent(agent, context) }
    }
    return command.run(context, options as never, line.args)
  }

  async function fail(error: unknown): Promise<ExitCode> {
    if (error instanceof PipeClosed) return exitCodes.done
    if (io.signal.aborted)
      return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
    const report = await describeError(error, words, io.now())
    printError(err, report, options)
    if (report.code === 'unexpected') err.debug((error as Error).stack ?? '')
    return report.exitCode
  }

  try {
    return (await runCommand()) ?? exitCodes.done
  } catch (error) {
    return fail(error)
  }
}

async function writeCandidates(args: readonly string[], out: Out): Promise<void> {
  const { complete } = await import('./completion/complete.ts')
  for (const word of complete(commands, args)) await out.write(`${word}\n`)
}
