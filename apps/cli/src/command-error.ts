/** Exit codes of `cekura-logs`; `cekura-logs help exit-codes` tells them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** 401 and 403. */
  denied: 4,
  /** Stopped early; the same command goes on. */
  resumable: 5,
  /** Finished, but some windows changed while they were read. */
  unstable: 6,
  /** The state belongs to another command, or another run holds it. */
  state: 7,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/**
 * A command that can be run as it is, with a remark behind `  # ` where one is needed; flags to set in
 * this one, each with its value; or what is made of its arguments.
 */
export type Fix = string | readonly string[] | ((args: readonly string[]) => string)

export interface CommandErrorInit {
  /** Stays the same between versions, for programs. */
  code: string
  exitCode: ExitCode
  fix: Fix
  requestId?: string | undefined
}

/** A failure that is understood: what failed and why in the message, the way out in `fix`. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly code: string
  readonly exitCode: ExitCode
  readonly fix: Fix
  readonly requestId: string | undefined

  constructor(message: string, { code, exitCode, fix, requestId }: CommandErrorInit) {
    super(message)
    this.code = code
    this.exitCode = exitCode
    this.fix = fix
    this.requestId = requestId
  }
}

/** A command that was called wrongly; ends with exit code 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'

  constructor(message: string, fix: Fix, code = 'usage') {
    super(message, { code, exitCode: exitCodes.usage, fix })
  }
}

/** State on disk that cannot be used; ends with exit code 7. */
export class StateError extends CommandError {
  override readonly name = 'StateError'

  constructor(message: string, fix: Fix) {
    super(message, { code: 'state', exitCode: exitCodes.state, fix })
  }
}
