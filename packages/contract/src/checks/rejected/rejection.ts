import type { Operation } from '@cekura-kit/spec'
import { responseOf, type ContractDocument } from '../../document/contract-document.ts'
import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { TestResponse } from '../../target/request.ts'
import type { Target } from '../../target/target.ts'

/**
 * Expects a rejection with one of the usual statuses that the operation documents. If it documents
 * none of them, any 4xx will do; a response that is documented must match the document.
 *
 * @param others documented statuses that may arrive instead
 * @returns the body, undefined if the document does not describe it
 */
export function expectRejection(
  contract: ContractDocument,
  target: Target,
  operation: Operation,
  response: TestResponse,
  usual: readonly number[],
  others: readonly number[] = [],
): unknown {
  const { status, request } = response
  const isDocumented = (one: number): boolean => responseOf(operation, one) !== undefined
  if (usual.some(isDocumented)) {
    const expected = [...usual, ...others].filter(isDocumented)
    return expectConforming(contract, target, operation, response, expected)
  }
  expectThat(status >= 400 && status < 500, `expected status 4xx, got ${status}`, request)
  return isDocumented(status)
    ? expectConforming(contract, target, operation, response, [status])
    : undefined
}
