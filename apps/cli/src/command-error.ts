/** Exit codes of `cekura-logs`. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const

/** A command that was called wrongly; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
