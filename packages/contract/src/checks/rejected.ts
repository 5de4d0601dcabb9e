import { apiKeyHeader } from '@cekura-kit/types'
import type { ContractDocument } from '../document/contract-document.ts'
import type { Check } from '../suite/check.ts'
import { rejectedCheck, type InvalidRequest } from './rejected/invalid-request.ts'
import { invalidValues } from './rejected/invalid-values.ts'
import { unknownPlaceChecks } from './rejected/unknown-places.ts'

const key = 'contract-unknown-key'

/** Requests without a valid key in the documented place. */
const requestsWithoutKey: readonly InvalidRequest[] = [
  { id: 'no-key', title: 'rejects a request without a key', changes: { key: null } },
  { id: 'empty-key', title: 'rejects a request with an empty key', changes: { key: '' } },
  {
    id: 'bearer',
    title: 'rejects a key sent in another header',
    changes: { key: null, headers: { authorization: `Bearer ${key}`, 'x-api-key': key } },
  },
  {
    id: 'query-key',
    title: 'rejects a key sent in the query',
    changes: { key: null, query: { [apiKeyHeader]: key, api_key: key } },
  },
  {
    id: 'cookie-key',
    title: 'rejects a key sent in a cookie',
    changes: { key: null, headers: { cookie: `${apiKeyHeader}=${key}` } },
  },
  { id: 'unknown-key', title: 'rejects an unknown key', needs: ['keys'], changes: { key } },
]

/**
 * Invalid requests are rejected with a response that the document describes. The kinds follow those
 * of Schemathesis: missing or ignored authentication, missing parameters, invalid values and bodies,
 * unsupported methods. Where no document says which status it is, several are accepted, and the
 * report contains the one that arrived.
 */
export const rejectedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => [
    ...(contract.needsKey(operation) ? requestsWithoutKey : []).map((request) =>
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
