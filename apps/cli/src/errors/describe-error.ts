import type { CekuraErrorCode } from '@cekura-kit/client'
import {
  CommandError,
  exitCodes,
  suggestHelp,
  type CommandErrorDetails,
  type ExitCode,
} from './command-error.ts'
import { completeSuggestion, doctorCommand, withFlag, writeCommand } from './suggestion.ts'

/** A failure as a person and a program read it. */
export interface Report extends CommandErrorDetails {
  message: string
  /** What to do; a command to paste, if there is one. */
  suggestion: string
}

/** Exit code for each error code of the client. */
const clientExitCodes: Readonly<Record<CekuraErrorCode, ExitCode>> = {
  authentication: exitCodes.denied,
  permission: exitCodes.denied,
  bad_request: exitCodes.usage,
  usage: exitCodes.usage,
  not_found: exitCodes.failed,
  api: exitCodes.failed,
  invalid_response: exitCodes.failed,
  rate_limit: exitCodes.resumable,
  server: exitCodes.resumable,
  connection: exitCodes.resumable,
  timeout: exitCodes.resumable,
  aborted: exitCodes.interrupted,
  unexpected: exitCodes.failed,
}

/** What helps with any failure of this kind. */
function suggest(code: CekuraErrorCode, args: readonly string[]): string {
  switch (code) {
    case 'authentication':
      return `${doctorCommand(args)}  # shows where the API key comes from`
    case 'permission':
      return `${doctorCommand(args)}  # with a key that has access to this agent`
    case 'bad_request':
      return suggestHelp(args)
    case 'rate_limit':
      return `${writeCommand(args)}  # later`
    case 'server':
      return withFlag(args, '--max-retries', '8')
    default:
      return doctorCommand(args)
  }
}

const bugs = 'https://github.com/cekura-kit/cekura-kit/issues'

/** Anything thrown, as a report. */
export async function describeError(
  error: unknown,
  args: readonly string[],
  now: number,
): Promise<Report> {
  if (error instanceof CommandError) {
    const { message, details } = error
    return { ...details, message, suggestion: completeSuggestion(details.suggestion, args) }
  }
  // Loaded here: most runs of --help do not need the client.
  const { CekuraError } = await import('@cekura-kit/client')
  if (CekuraError.is(error)) {
    const { code, requestId } = error
    const { formatClientError, suggestFix } = await import('./client-error-message.ts')
    const suggestion = suggestFix(error, args) ?? suggest(code, args)
    const message = formatClientError(error, now)
    return { code, message, suggestion, requestId, exitCode: clientExitCodes[code] }
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return {
    code: 'unexpected',
    message: `Unexpected error: ${name}: ${message}. Please report it with the output of \`cekura-logs doctor --json\`.`,
    suggestion: `cekura-logs doctor --json  # report at ${bugs}`,
    exitCode: exitCodes.failed,
  }
}
