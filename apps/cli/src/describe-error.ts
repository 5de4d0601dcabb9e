import type { CekuraErrorCode } from '@cekura-kit/client'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { CommanderError } from 'commander'
import { CommandError, exitCodes, type ExitCode, type Fix } from './command-error.ts'
import { plural } from './terminal/plural.ts'
import { dropFlag, setFlag, withFlag, writeCommand, writeDoctor } from './write-command.ts'

/** A failure as a person and a program are told it. */
export interface Report {
  code: string
  /** What failed, and why. */
  message: string
  /** What to do; a command that can be run as it is, where there is one. */
  fix: string
  requestId: string | undefined
  exitCode: ExitCode
}

interface Entry {
  exitCode: ExitCode
  fix(args: readonly string[]): string
}

const again = (args: readonly string[]): string => writeCommand(args)
const look = (args: readonly string[]): string => writeDoctor(args)

const setKey = 'export CEKURA_API_KEY="$(cat ~/.cekura-key)"'

/** What each failure of the client ends with, and the way out of it. */
export const clientErrors: Readonly<Record<CekuraErrorCode, Entry>> = {
  authentication: {
    exitCode: exitCodes.denied,
    fix: (args) => `${setKey} && ${writeDoctor(args)}  # with a valid key in the file`,
  },
  permission: {
    exitCode: exitCodes.denied,
    fix: (args) => `${writeDoctor(args)}  # with a key that may see this agent`,
  },
  bad_request: {
    exitCode: exitCodes.usage,
    fix: ([command = 'list']) => `cekura-logs ${command} --help`,
  },
  usage: { exitCode: exitCodes.usage, fix: look },
  not_found: { exitCode: exitCodes.failed, fix: look },
  api: { exitCode: exitCodes.failed, fix: look },
  invalid_response: { exitCode: exitCodes.failed, fix: look },
  rate_limit: { exitCode: exitCodes.resumable, fix: (args) => withFlag(args, '--max-rps', '1') },
  server: { exitCode: exitCodes.resumable, fix: (args) => withFlag(args, '--max-retries', '8') },
  connection: { exitCode: exitCodes.resumable, fix: look },
  timeout: { exitCode: exitCodes.resumable, fix: (args) => withFlag(args, '--timeout', '2m') },
  aborted: { exitCode: exitCodes.interrupted, fix: again },
  unexpected: { exitCode: exitCodes.failed, fix: look },
}

const invalidValue =
  /^error: (?:option|command-argument value) '(.*?)'(?: argument)? '?([\s\S]*?)'? is invalid\. ([\s\S]*)$/

const report = (message: string, fix: string): Report => ({
  code: 'usage',
  message,
  fix,
  requestId: undefined,
  exitCode: exitCodes.usage,
})

/** A flag that the command takes, and that stands before its name. */
function describeEarlyFlag(
  flag: string,
  args: readonly string[],
  root: CommandUnknownOpts,
): Report | undefined {
  const at = args.findIndex((arg) => root.commands.some((each) => each.name() === arg))
  const command = root.commands.find((each) => each.name() === args[at])
  const isOwn = command?.options.some(({ long, short }) => flag === long || flag === short)
  if (!isOwn || !args.slice(0, at).some((arg) => arg.split('=', 1)[0] === flag)) return undefined
  return report(
    `Cannot read the command line: ${flag} is a flag of ${command!.name()}, and stands before it`,
    writeCommand([args[at]!, ...args.slice(0, at), ...args.slice(at + 1)]),
  )
}

/** Commander's message as ours, and what it suggests. */
function describeUsage(
  { code, message }: CommanderError,
  args: readonly string[],
  root: CommandUnknownOpts,
): Report {
  const command = args.find((arg) => !arg.startsWith('-'))
  const help = `cekura-logs ${command === undefined ? '' : `${command} `}--help`
  const meant = /\(Did you mean (?:one of )?([^?,]+)/.exec(message)?.[1]
  if (code === 'commander.unknownOption') {
    // What follows = may be secret.
    const flag = /unknown option '([^'=]*)/.exec(message)?.[1] ?? ''
    const early = describeEarlyFlag(flag, args, root)
    if (early) return early
    return report(
      `Cannot read the command line: there is no flag ${flag}${meant ? `; did you mean ${meant}?` : ''}`,
      meant
        ? writeCommand(
            args.map((arg) => (arg.split('=', 1)[0] === flag ? arg.replace(flag, meant) : arg)),
          )
        : help,
    )
  }
  if (code === 'commander.unknownCommand') {
    const name = /unknown command '([^']*)'/.exec(message)?.[1] ?? ''
    return report(
      `Cannot run "${name.slice(0, 80)}": there is no such command${meant ? `; did you mean ${meant}?` : ''}`,
      meant ? writeCommand(args.map((arg) => (arg === name ? meant : arg))) : 'cekura-logs --help',
    )
  }
  if (code === 'commander.invalidArgument') {
    const [, flags = '', value = '', why = ''] = invalidValue.exec(message) ?? []
    const name = /--[\w-]+/.exec(flags)?.[0] ?? flags
    return report(`Cannot read ${name} "${value.slice(0, 80)}": ${lowerFirst(why)}`, help)
  }
  if (code === 'commander.optionMissingArgument') {
    const [, flag = '', value = ''] = /(--[\w-]+) <([^>]+)>/.exec(message) ?? []
    return report(`Cannot read the command line: ${flag} has no value; give it a ${value}`, help)
  }
  const [, one, other] = /option '([^']*)' cannot be used with option '([^']*)'/.exec(message) ?? []
  if (one !== undefined && other !== undefined)
    return report(
      `Cannot read the command line: ${one} and ${other} contradict each other; give one of them`,
      writeCommand(dropFlag(args, other)),
    )
  if (code === 'commander.excessArguments') {
    const [, name = '', expected = '', got = ''] =
      /for '([^']*)'. Expected (\d+) arguments? but got (\d+)/.exec(message) ?? []
    const own = root.commands.find((each) => each.name() === name)
    const takes = `${name} takes ${expected === '0' ? 'no words' : plural(Number(expected), 'word')}`
    const extra = own?.args[Number(expected)]
    return report(
      `Cannot read the command line: ${takes}, and ${extra === undefined || Number(got) > Number(expected) + 1 ? `there are ${got}` : `"${extra.slice(0, 80)}" is one${expected === '0' ? '' : ' more'}`}; put a text with spaces in quotes`,
      help,
    )
  }
  return report(`Cannot read the command line: ${message.replace(/^error: /, '')}`, help)
}

const lowerFirst = (text: string): string =>
  (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '')

const bugs = 'https://github.com/cekura-kit/cekura-kit/issues'

/** Flags as the command line with them set; `--restart to …` as the one with it. */
function completeFix(fix: Fix, args: readonly string[]): string {
  if (typeof fix === 'function') return fix(args)
  if (typeof fix === 'string') {
    const [, why] = /^--restart (to .*)$/.exec(fix) ?? []
    return why === undefined ? fix : `${writeCommand([...args, '--restart'])}  # ${why}`
  }
  let all = args
  for (let at = 0; at < fix.length; at += 2) all = setFlag(all, fix[at]!, fix[at + 1]!)
  return writeCommand(all)
}

/** Whatever was thrown, as a report. */
export async function describeError(
  error: unknown,
  args: readonly string[],
  root: CommandUnknownOpts,
): Promise<Report> {
  if (error instanceof CommandError) {
    const { code, message, fix, requestId, exitCode } = error
    return { code, message, fix: completeFix(fix, args), requestId, exitCode }
  }
  if (error instanceof CommanderError) return describeUsage(error, args, root)
  const { CekuraError } = await import('@cekura-kit/client')
  if (CekuraError.is(error)) {
    const { exitCode, fix } = clientErrors[error.code]
    const { code, requestId } = error
    // Loaded here, because it loads the client, which most runs of --help do not need.
    const { formatClientError, suggestFix } = await import('./client-error-message.ts')
    return {
      code,
      message: formatClientError(error),
      fix: suggestFix(error, args) ?? fix(args),
      requestId,
      exitCode,
    }
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return {
    code: 'unexpected',
    message: `Something unexpected happened, which is a fault of this program: ${name}: ${message}`,
    fix: `cekura-logs doctor --json  # and report its output with this message at ${bugs}`,
    requestId: undefined,
    exitCode: exitCodes.failed,
  }
}
