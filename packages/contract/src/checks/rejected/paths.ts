import type { Operation } from '@cekura-kit/spec'
import type { ContractDocument } from '../../document/contract-document.ts'
import { createRequest } from '../../document/sample-request.ts'
import type { Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'

const isRejection = (status: number): boolean => status >= 400 && status < 500

/** A path below a path that matches no template of the document. */
function unknownPath(contract: ContractDocument, path: string): string {
  const below = `${path.endsWith('/') ? path : `${path}/`}unknown-path/`
  return contract.operationsAt(below).length === 0 ? below : unknownPath(contract, below)
}

interface PathCase {
  id: string
  title: string
  needs: Check['needs']
  method: string
  change: (path: string) => string
  isExpected: (status: number) => boolean
  expected: string
}

/** Methods and paths that are not in the document. */
export function pathChecks(contract: ContractDocument, operation: Operation): Check[] {
  const { operationId, path, method } = operation
  const { path: sample } = createRequest(contract, operation, { agentId: 1 })
  const used = new Set(contract.operationsAt(sample).map((one) => one.method))
  const cases: PathCase[] = [
    ...['POST', 'PUT', 'PATCH', 'DELETE']
      .filter((one) => !used.has(one))
      .map((one) => ({
        id: `method-${one}`,
        title: `rejects ${one}`,
        needs: ['writes'] as const,
        method: one,
        change: (own: string) => own,
        isExpected: isRejection,
        expected: '4xx',
      })),
    {
      id: 'unknown-path',
      title: 'returns 404 for a path that matches no operation',
      needs: [],
      method,
      change: (own) => unknownPath(contract, own),
      isExpected: (status) => status === 404,
      expected: '404',
    },
    ...(path.endsWith('/') && contract.operationsAt(sample.slice(0, -1)).length === 0
      ? [
          {
            id: 'no-slash',
            title: 'redirects the path without its slash, or returns 404',
            needs: [],
            method,
            change: (own: string) => own.slice(0, -1),
            isExpected: (status: number) => status === 404 || (status >= 301 && status <= 308),
            expected: '404 or a redirect',
          },
        ]
      : []),
  ]
  return cases.map(({ id, title, needs, method, change, isExpected, expected }) => ({
    id: `rejected.${operationId}.${id}`,
    group: 'rejected',
    title,
    operationId,
    needs,
    origin: 'inferred',
    async run(target) {
      const request = createRequest(contract, operation, target)
      const response = await target.send({ ...request, method, path: change(request.path) })
      expectThat(
        isExpected(response.status),
        `expected status ${expected}, got ${response.status}`,
        response.request,
      )
      return `status ${response.status}`
    },
  }))
}
