import { checkFields, checkWholeNumber } from './check-input.ts'
import { hashUnit, pick } from './random.ts'
import type { SandboxWrites } from './sandbox-writes.ts'

/** Changes of an agent's calls after each of its pages that is served. */
export interface ChurnPlan {
  /** Other changes for another whole number; default 1. */
  seed: number
  /** Changes a page; default 1. */
  perPage: number
}

/** What churn has done so far, as ids in the order it did it. */
export interface ChurnTally {
  pages: number
  /** Newer than all calls before. */
  inserted: number[]
  /** In the midst of the others. */
  late: number[]
  deleted: number[]
  reviewed: number[]
}

export interface Churn {
  afterPage(agentId: number): void
  tally: ChurnTally
}

/** @throws {MockError} when it is no plan */
export function checkChurnPlan(value: unknown): ChurnPlan | null {
  const doing = 'Cannot churn'
  if (value === null) return null
  const { seed = 1, perPage = 1 } = checkFields(doing, value, ['seed', 'perPage'])
  checkWholeNumber(doing, 'seed', seed, 0, Number.MAX_SAFE_INTEGER)
  checkWholeNumber(doing, 'perPage', perPage, 1, 10_000)
  return { seed: seed as number, perPage: perPage as number }
}

const kinds = [
  ['insert', 4],
  ['late', 2],
  ['delete', 2],
  // A call goes and one comes: `count` says nothing of it.
  ['swap', 1],
  ['review', 3],
] as const

/** The same changes for the same plan and the same pages. */
export function createChurn({ seed, perPage }: ChurnPlan, writes: SandboxWrites): Churn {
  const tally: ChurnTally = { pages: 0, inserted: [], late: [], deleted: [], reviewed: [] }
  let change = 0
  return {
    tally,
    afterPage(agentId) {
      tally.pages++
      for (let n = 0; n < perPage; n++) {
        const kind = pick(hashUnit(seed, change, 0), kinds)
        const where = hashUnit(seed, change, 1)
        const laterMs = 1000 + Math.floor(hashUnit(seed, change, 2) * 60_000)
        change++
        const rank = Math.floor(where * writes.count(agentId))
        if (kind === 'delete' || kind === 'swap')
          tally.deleted.push(...writes.remove(agentId, rank, 1))
        if (kind === 'insert' || kind === 'swap')
          tally.inserted.push(...writes.insertNewest(agentId, laterMs))
        if (kind === 'late') tally.late.push(...writes.insertLate(agentId, where))
        if (kind === 'review') tally.reviewed.push(...writes.review(agentId, rank))
      }
    },
  }
}
