/** A run cannot start or must stop: one message with the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The target sent no response, so the request says nothing about its behavior. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError'
}

/** An expectation of a check is not met. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError'
  /** The message without the request, the same for every check with this problem. */
  readonly problem: string

  constructor(problem: string, request?: string) {
    super(request === undefined ? problem : `${request}: ${problem}`)
    this.problem = problem
  }
}

/**
 * @param request what was sent, to put in front of the problem
 * @throws {ExpectationError} with the problem if the condition is false
 */
export function expectThat(
  condition: unknown,
  problem: string,
  request?: string,
): asserts condition {
  if (!condition) throw new ExpectationError(problem, request)
}
