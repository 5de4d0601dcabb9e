/** Exit codes of `cekura-logs`. */
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
} as const

/** A command that was called wrongly; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** State on disk that cannot be used; ends with exit code 7. */
export class StateError extends Error {
  override readonly name = 'StateError'
}
