import type { Operation } from '@cekura-kit/spec'
import type { ContractDocument } from '../../document/contract-document.ts'
import { createRequest } from '../../document/sample-request.ts'
import type { Check } from '../../suite/check.ts'
import type { TestRequest } from '../../target/request.ts'
import { isStateful } from '../../target/target.ts'
import { expectRejection } from './rejection.ts'

interface KeyCase extends Pick<TestRequest, 'key' | 'headers'> {
  id: string
  title: string
  query?: [string, string][]
}

/** Requests without a valid key in the documented place. */
export function keyChecks(contract: ContractDocument, operation: Operation): Check[] {
  if (!contract.needsKey(operation)) return []
  const { operationId } = operation
  const name = contract.keyName
  const key = 'contract-unknown-key'
  const cases: KeyCase[] = [
    { id: 'no-key', title: 'rejects a request without a key', key: null },
    { id: 'empty-key', title: 'rejects a request with an empty key', key: '' },
    {
      id: 'bearer',
      title: 'rejects a key sent in another header',
      key: null,
      headers: { authorization: `Bearer ${key}`, 'x-api-key': key },
    },
    {
      id: 'query-key',
      title: 'rejects a key sent in the query',
      key: null,
      query: [
        [name, key],
        ['api_key', key],
      ],
    },
    {
      id: 'cookie-key',
      title: 'rejects a key sent in a cookie',
      key: null,
      headers: { cookie: `${name}=${key}` },
    },
    { id: 'unknown-key', title: 'rejects an unknown key', key },
  ]
  return cases.map(({ id, title, query = [], key, headers }) => ({
    id: `rejected.${operationId}.${id}`,
    group: 'rejected',
    title,
    operationId,
    needs: id === 'unknown-key' ? ['keys'] : [],
    origin: 'documented',
    async run(target) {
      // Prism prefers 401; the framework behind the API uses either status.
      const statuses = isStateful(target, operationId) ? [401, 403] : [401]
      const request = createRequest(contract, operation, target)
      const response = await target.send({
        ...request,
        query: [...request.query, ...query],
        headers: { ...request.headers, ...headers },
        key,
      })
      expectRejection(contract, target, operation, response, statuses)
      return `rejected with ${response.status}`
    },
  }))
}
