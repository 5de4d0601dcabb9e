/** Exit codes of `cekura-logs`, listed by `cekura-logs help exit-codes`. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** 401 and 403. */
  denied: 4,
  /** Stopped early; rerun to resume. */
  resumable: 5,
  /** Finished, but completeness could not be verified. */
  unstable: 6,
  /** The saved state belongs to another export or is locked. */
  state: 7,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/**
 * What to do about an error: a command to paste, with a remark after `  # ` if needed; flags to set in
 * the command as typed, each followed by its value; or a function of its words, the name of the
 * command first. It never removes
 * data and never invents a value: unknown ones are written as `<agent-id>`.
 */
export type Suggestion = string | readonly string[] | ((args: readonly string[]) => string)

/** Help of the command. */
export const suggestHelp = ([command]: readonly string[]): string => `cekura-logs ${command} --help`

export interface CommandErrorDetails {
  /** Stable between versions, for programs. */
  code: string
  exitCode: ExitCode
  suggestion: Suggestion
  requestId?: string | undefined
}

/** An expected failure: what failed, expected and got in the message, what to do in `suggestion`. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly details: CommandErrorDetails

  constructor(message: string, details: CommandErrorDetails) {
    super(message)
    this.details = details
  }
}

/** A usage error or an invalid setting; exit code 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'

  constructor(message: string, suggestion: Suggestion, code = 'usage') {
    super(message, { code, exitCode: exitCodes.usage, suggestion })
  }
}

/** A saved state that cannot be used; exit code 7. */
export class StateError extends CommandError {
  override readonly name: string = 'StateError'

  constructor(message: string, suggestion: Suggestion) {
    super(message, { code: 'state', exitCode: exitCodes.state, suggestion })
  }
}
