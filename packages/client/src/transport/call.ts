import {
  CekuraError,
  type CekuraErrorCode,
  type CekuraErrorDetails,
  type CekuraErrorInit,
  type CekuraErrorReason,
} from '../errors/cekura-error.ts'
import type { AttemptInfo, Hooks } from '../hooks.ts'

/** What is known about a call while it runs. */
interface CallInfo extends AttemptInfo {
  status: number | undefined
  requestId: string | undefined
}

/** One call while it runs, for what its hooks and errors report. */
export class Call {
  readonly info: CallInfo
  readonly #hooks: Hooks | undefined

  constructor({ method, path }: { method: string; path: string }, call: number, hooks?: Hooks) {
    this.info = { method, path, call, attempts: 0, status: undefined, requestId: undefined }
    this.#hooks = hooks
  }

  /** Calls a hook, and contains whatever it throws. */
  emit(name: keyof Hooks, more?: object): void {
    try {
      const result: unknown = this.#hooks?.[name]?.({ ...this.info, ...more } as never)
      if (result !== undefined) Promise.resolve(result).catch(() => {})
    } catch {
      // A broken hook must not break the call that it observes.
    }
  }

  createError<Reason extends CekuraErrorReason>(
    code: CekuraErrorCode,
    reason: Reason,
    details: CekuraErrorDetails[Reason],
    message: string,
    more?: Pick<CekuraErrorInit, 'body' | 'cause' | 'retryAfterMs'>,
  ): CekuraError {
    return new CekuraError(message, { ...this.info, ...more, code, reason, details })
  }

  /** Anything thrown as a `CekuraError`: itself, or an `unexpected` one. */
  toError(thrown: unknown): CekuraError {
    if (CekuraError.is(thrown)) return thrown
    const message = 'Unexpected error in @cekura-kit/client. See error.cause, and please report it.'
    return this.createError('unexpected', 'unexpected', {}, message, { cause: thrown })
  }

  /** {@link toError} of the failure that ends the call, which is reported to the hooks. */
  fail(thrown: unknown): CekuraError {
    const error = this.toError(thrown)
    this.emit('onError', { code: error.code })
    return error
  }
}
