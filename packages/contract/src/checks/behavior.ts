import type { Operation } from '@cekura-kit/spec'
import type { ContractDocument } from '../document/contract-document.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { callChecks } from './call-logs/call-checks.ts'
import { errorRules } from './call-logs/errors.ts'
import { filterRules } from './call-logs/filters.ts'
import { modelRules } from './call-logs/model.ts'
import { createPagedList, isPagedList, type Rule } from './call-logs/paged-list.ts'
import { paginationRules } from './call-logs/pagination.ts'
import { rowRules } from './call-logs/rows.ts'
import { unknownDataRules } from './call-logs/unknown-data.ts'

/** What no schema describes: pages of each paginated list, the meaning of filters, the way of a call. */
export const behaviorChecks = (contract: ContractDocument): Check[] => [
  ...contract.operations
    .filter((operation) => isPagedList(operation))
    .flatMap((operation) =>
      rulesOf(operation).map(({ id, run, title, needs, origin }): Check => ({
        id: `behavior.${operation.operationId}.${id}`,
        group: 'behavior',
        title,
        operationId: operation.operationId,
        needs,
        origin,
        run: (target) => run(createPagedList(contract, operation, target)),
      })),
    ),
  ...callChecks(contract),
  // The last check, so that it covers every response before it.
  {
    id: 'behavior.violations',
    group: 'behavior',
    title: 'every response of the run matches the spec',
    needs: ['violations'],
    origin: 'documented',
    async run({ violations }) {
      const found = violations!()
      expectThat(found.length === 0, `violations: ${found.slice(0, 5).join('; ')}`)
    },
  },
]

const rulesOf = ({ operationId }: Operation): Rule[] => [
  ...paginationRules,
  ...(operationId === 'callLogs.list'
    ? [...unknownDataRules, ...filterRules, ...rowRules, ...errorRules, ...modelRules]
    : []),
]
