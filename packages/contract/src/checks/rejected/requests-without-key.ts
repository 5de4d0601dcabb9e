import type { Operation } from '@cekura-kit/spec'
import { apiKeyHeader } from '@cekura-kit/types'
import type { ContractDocument } from '../../document/contract-document.ts'
import type { InvalidRequest } from './invalid-request.ts'

const key = 'contract-unknown-key'

const requests: readonly InvalidRequest[] = [
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

/** Requests without a valid key in the documented place. */
export const requestsWithoutKey = (
  { needsKey }: ContractDocument,
  operation: Operation,
): readonly InvalidRequest[] => (needsKey(operation) ? requests : [])
