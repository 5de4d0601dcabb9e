import {
  CekuraError,
  type CekuraErrorCode,
  type CekuraErrorDetails,
  type CekuraErrorInit,
  type CekuraErrorReason,
} from '../errors/cekura-error.ts'
import type { CallInfo } from '../hooks.ts'

/** Creates the errors of one call, with what is known about it at that moment. */
export interface Failures {
  create<Reason extends CekuraErrorReason>(
    code: CekuraErrorCode,
    reason: Reason,
    details: CekuraErrorDetails[Reason],
    message: string,
    more?: Partial<CekuraErrorInit>,
  ): CekuraError
  /** A success that is not what the operation returns. */
  invalidResponse<Reason extends CekuraErrorReason>(
    reason: Reason,
    details: CekuraErrorDetails[Reason],
    message: string,
    more?: Partial<CekuraErrorInit>,
  ): CekuraError
  /** Anything thrown as a `CekuraError`: itself, or an `unexpected` one. */
  from(thrown: unknown): CekuraError
}

export function createFailures(info: CallInfo): Failures {
  const create: Failures['create'] = (code, reason, details, message, more) =>
    new CekuraError(message, { ...info, ...more, code, reason, details })
  return {
    create,
    invalidResponse: (reason, details, message, more) =>
      create('invalid_response', reason, details, message, more),
    from: (thrown) =>
      CekuraError.is(thrown)
        ? thrown
        : create(
            'unexpected',
            'unexpected',
            {},
            'Unexpected error in @cekura-kit/client. See error.cause, and please report it.',
            {
              cause: thrown,
            },
          ),
  }
}
