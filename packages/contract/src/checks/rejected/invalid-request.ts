import { responseOf, type Operation } from '@cekura-kit/spec'
import type { ContractDocument } from '../../document/contract-document.ts'
import { createRequest, type Changes } from '../../document/sample-request.ts'
import { operationCheck, type Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { TestResponse } from '../../target/request.ts'
import { isStateful, type Target } from '../../target/target.ts'

/** A request that is invalid in one way. */
export interface InvalidRequest extends Pick<Check, 'id' | 'title'> {
  needs?: Check['needs']
  changes: Changes
  /** Name of a query parameter that is sent twice. */
  repeated?: string
  /** Statuses that may arrive instead of a rejection. */
  others?: readonly number[]
  /** Name of a parameter that a 400 must name. */
  named?: string
}

/** A check that an invalid request is rejected with one of the usual statuses. */
export const rejectedCheck = (
  contract: ContractDocument,
  operation: Operation,
  request: InvalidRequest & { statuses: readonly number[]; origin?: Check['origin'] },
): Check => {
  const { changes, repeated, others = [], named, statuses, ...check } = request
  return operationCheck('rejected', operation, {
    ...check,
    async run(target) {
      const request = createRequest(contract, operation, target, changes)
      const again = request.query.filter(([name]) => name === repeated)
      const response = await target.send({ ...request, query: [...request.query, ...again] })
      const body = expectRejection(contract, target, operation, response, statuses, others)
      // A mock returns its first example, which names any parameter.
      if (named && response.status === 400 && isStateful(target, operation.operationId)) {
        const isNamed = typeof body === 'object' && body !== null && named in body
        expectThat(isNamed, `response 400: body does not name "${named}"`, response.request)
      }
      return response.status < 300
        ? 'not rejected, and the response is as documented'
        : `rejected with ${response.status}`
    },
  })
}

/**
 * If the operation documents none of the usual statuses, any 4xx will do; a response that is
 * documented must match the document.
 *
 * @returns the body, undefined if the document does not describe it
 */
function expectRejection(
  contract: ContractDocument,
  target: Target,
  operation: Operation,
  response: TestResponse,
  usual: readonly number[],
  others: readonly number[],
): unknown {
  const { status, request } = response
  const isDocumented = (one: number): boolean => responseOf(operation, one) !== undefined
  if (usual.some(isDocumented)) {
    const expected = [...usual, ...others].filter(isDocumented)
    return expectConforming(contract, target, operation, response, expected)
  }
  const isOther = others.includes(status) && isDocumented(status)
  const isRejection = status >= 400 && status < 500
  expectThat(isRejection || isOther, `expected status 4xx, got ${status}`, request)
  return isDocumented(status)
    ? expectConforming(contract, target, operation, response, [status])
    : undefined
}
