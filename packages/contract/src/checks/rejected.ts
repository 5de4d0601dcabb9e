import type { ContractDocument } from '../document/contract-document.ts'
import type { Check } from '../suite/check.ts'
import { rejectedCheck } from './rejected/invalid-request.ts'
import { invalidValues } from './rejected/invalid-values.ts'
import { requestsWithoutKey } from './rejected/requests-without-key.ts'
import { unknownPlaceChecks } from './rejected/unknown-places.ts'

/**
 * Invalid requests are rejected with a response that the document describes. The kinds follow those
 * of Schemathesis: missing or ignored authentication, missing parameters, invalid values and bodies,
 * unsupported methods. Where no document says which status it is, several are accepted, and the
 * report contains the one that arrived.
 */
export const rejectedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => [
    ...requestsWithoutKey(contract, operation).map((request) =>
      rejectedCheck(contract, operation, { ...request, statuses: [401, 403] }),
    ),
    ...invalidValues(contract, operation).map((request) =>
      rejectedCheck(contract, operation, {
        ...request,
        statuses: [400, 422],
        origin: 'inferred',
      }),
    ),
    ...unknownPlaceChecks(contract, operation),
  ])
