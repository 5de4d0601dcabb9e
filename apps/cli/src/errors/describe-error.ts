import type { CekuraErrorCode } from '@cekura-kit/client'
import { CommandError, exitCodes, type ExitCode } from './command-error.ts'
import { completeSuggestion, doctorCommand, withFlag, writeCommand } from './suggestion.ts'

/** A failure as a person and a program read it. */
export interface Report {
  code: string
  message: string
  /** What to do; a command to paste, if there is one. */
  suggestion: string
  requestId: string | undefined
  exitCode: ExitCode
}

interface Entry {
  exitCode: ExitCode
  suggest(args: readonly string[]): string
}

/** Exit code and suggestion for each error code of the client. */
export const clientErrors: Readonly<Record<CekuraErrorCode, Entry>> = {
  authentication: {
    exitCode: exitCodes.denied,
    suggest: (args) => `${doctorCommand(args)}  # shows where the API key comes from`,
  },
  permission: {
    exitCode: exitCodes.denied,
    suggest: (args) => `${doctorCommand(args)}  # with a key that has access to this agent`,
  },
  bad_request: {
    exitCode: exitCodes.usage,
    suggest: ([command = 'list']) => `cekura-logs ${command} --help`,
  },
  usage: { exitCode: exitCodes.usage, suggest: doctorCommand },
  not_found: { exitCode: exitCodes.failed, suggest: doctorCommand },
  api: { exitCode: exitCodes.failed, suggest: doctorCommand },
  invalid_response: { exitCode: exitCodes.failed, suggest: doctorCommand },
  rate_limit: {
    exitCode: exitCodes.resumable,
    suggest: (args) => `${writeCommand(args)}  # later`,
  },
  server: {
    exitCode: exitCodes.resumable,
    suggest: (args) => withFlag(args, '--max-retries', '8'),
  },
  connection: { exitCode: exitCodes.resumable, suggest: doctorCommand },
  timeout: { exitCode: exitCodes.resumable, suggest: (args) => withFlag(args, '--timeout', '2m') },
  aborted: { exitCode: exitCodes.interrupted, suggest: writeCommand },
  unexpected: { exitCode: exitCodes.failed, suggest: doctorCommand },
}

const bugs = 'https://github.com/cekura-kit/cekura-kit/issues'

/** Anything thrown, as a report. */
export async function describeError(
  error: unknown,
  args: readonly string[],
  now: number,
): Promise<Report> {
  if (error instanceof CommandError) {
    const { code, message, suggestion, requestId, exitCode } = error
    return { code, message, suggestion: completeSuggestion(suggestion, args), requestId, exitCode }
  }
  // Loaded here: most runs of --help do not need the client.
  const { CekuraError } = await import('@cekura-kit/client')
  if (CekuraError.is(error)) {
    const { exitCode, suggest } = clientErrors[error.code]
    const { code, requestId } = error
    const { formatClientError, suggestFix } = await import('./client-error-message.ts')
    const suggestion = suggestFix(error, args) ?? suggest(args)
    return { code, message: formatClientError(error, now), suggestion, requestId, exitCode }
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return {
    code: 'unexpected',
    message: `Unexpected error: ${name}: ${message}. Please report it with the output of \`cekura-logs doctor --json\`.`,
    suggestion: `cekura-logs doctor --json  # report at ${bugs}`,
    requestId: undefined,
    exitCode: exitCodes.failed,
  }
}
