import { expectThat, type Check } from '../check.ts'
import type { ContractDocument } from '../contract-document.ts'
import { controlRules } from './behaviour/control-checks.ts'
import { filterRules } from './behaviour/filter-checks.ts'
import { modelRules } from './behaviour/model-checks.ts'
import { createPagedList, isPagedList } from './behaviour/paged-list.ts'
import { rowRules } from './behaviour/row-checks.ts'
import { walkRules } from './behaviour/walk-checks.ts'

/**
 * B: what no schema says. Every list in numbered pages has the rules of a walk; those of call logs
 * know what its filters mean.
 */
export function behaviourChecks(contract: ContractDocument): Check[] {
  return [...listChecks(contract), verifierCheck]
}

/** The last of all, so that it speaks of every answer before it. */
const verifierCheck: Check = {
  id: 'B.verifier',
  layer: 'B',
  title: 'the verifier found nothing wrong with any answer of the run',
  needs: ['violations'],
  origin: 'documented',
  async run({ violations }) {
    const found = violations!()
    expectThat(found.length === 0, `the verifier reports ${found.slice(0, 5).join('; ')}`)
  },
}

function listChecks(contract: ContractDocument): Check[] {
  return contract.operations
    .filter((operation) => isPagedList(contract, operation))
    .flatMap((operation) =>
      [
        ...walkRules,
        ...(operation.operationId === 'callLogs.list'
          ? [...filterRules, ...rowRules, ...controlRules, ...modelRules]
          : []),
      ].map(({ id, run, title, needs, origin }) => ({
        title,
        needs,
        origin,
        id: `B.${operation.operationId}.${id}`,
        layer: 'B',
        run: (target) => run(createPagedList(contract, operation, target)),
      })),
    )
}
