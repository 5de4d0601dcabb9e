import type { Operation } from '@cekura-kit/spec'
import type { ContractDocument } from '../../document/contract-document.ts'
import { createRequest } from '../../document/sample-request.ts'
import { operationCheck, type Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'

const isRejection = (status: number): boolean => status >= 400 && status < 500
const isNotFound = (status: number): boolean => status === 404
const isNotFoundOrMoved = (status: number): boolean =>
  isNotFound(status) || (status >= 301 && status <= 308)

/** Operations at a path; a placeholder matches any segment. */
const operationsAt = ({ operations }: ContractDocument, path: string): Operation[] => {
  const segments = path.split('/')
  return operations.filter((operation) => {
    const templates = operation.path.split('/')
    const matches = (part: string, at: number): boolean =>
      part.includes('{') ? segments[at] !== '' : part === segments[at]
    return templates.length === segments.length && templates.every(matches)
  })
}

/** A path below a path that matches no template of the document. */
function unknownPath(contract: ContractDocument, path: string): string {
  const below = `${path.replace(/\/$/, '')}/unknown-path/`
  return operationsAt(contract, below).length === 0 ? below : unknownPath(contract, below)
}

/** Methods and paths that are not in the document. */
export function unknownPlaceChecks(contract: ContractDocument, operation: Operation): Check[] {
  const { path: sample } = createRequest(contract, operation, { agentId: 1 })
  const used = new Set(operationsAt(contract, sample).map(({ method }) => method))
  const withoutSlash = sample.replace(/\/$/, '')
  const check = (
    id: string,
    title: string,
    isExpected: (status: number) => boolean,
    place: { method?: string; path?: (own: string) => string },
  ): Check =>
    operationCheck('rejected', operation, {
      id,
      title,
      needs: place.method === undefined ? [] : ['writes'],
      origin: 'inferred',
      async run(target) {
        const request = createRequest(contract, operation, target)
        const { path = (own) => own, method = request.method! } = place
        const response = await target.send({ ...request, method, path: path(request.path) })
        expectThat(
          isExpected(response.status),
          `expected ${title}, got status ${response.status}`,
          response.request,
        )
        return `status ${response.status}`
      },
    })
  return [
    ...['POST', 'PUT', 'PATCH', 'DELETE']
      .filter((method) => !used.has(method))
      .map((method) => check(`method-${method}`, `a rejected ${method}`, isRejection, { method })),
    check('unknown-path', 'a 404 for a path that matches no operation', isNotFound, {
      path: (own) => unknownPath(contract, own),
    }),
    ...(sample !== withoutSlash && operationsAt(contract, withoutSlash).length === 0
      ? [
          check(
            'no-slash',
            'a redirect or a 404 for the path without its slash',
            isNotFoundOrMoved,
            {
              path: (own) => own.replace(/\/$/, ''),
            },
          ),
        ]
      : []),
  ]
}
