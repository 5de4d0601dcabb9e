import { checkFields, checkInteger } from '../validate-input.ts'
import type { CallWrites } from './call-writes.ts'
import { hashUnit, pick } from './random.ts'

/** Changes of an agent's calls after each page that is served. */
export interface ChurnPlan {
  /** Selects other changes; default 1. */
  seed: number
  /** Changes per page; default 1. */
  perPage: number
}

/** What churn has done so far, as ids in order. */
export interface ChurnStats {
  pages: number
  /** Newer than all earlier calls. */
  inserted: number[]
  /** Between earlier calls. */
  late: number[]
  deleted: number[]
  reviewed: number[]
}

export interface Churn {
  afterPage(agentId: number | undefined): void
  stats: ChurnStats
}

/** @throws {MockError} if it is not a plan */
export function checkChurnPlan(value: unknown): ChurnPlan | null {
  if (value === null) return null
  const { seed = 1, perPage = 1 } = checkFields('churn', value, ['seed', 'perPage'])
  checkInteger('seed', seed, 0, Number.MAX_SAFE_INTEGER)
  checkInteger('perPage', perPage, 1, 10_000)
  return { seed: seed as number, perPage: perPage as number }
}

const kinds = [
  ['insert', 4],
  ['late', 2],
  ['delete', 2],
  // One call is deleted and one added, so `count` does not change.
  ['swap', 1],
  ['review', 3],
] as const

/** The same changes for the same plan and the same pages. */
export function createChurn({ seed, perPage }: ChurnPlan, writes: CallWrites): Churn {
  const stats: ChurnStats = { pages: 0, inserted: [], late: [], deleted: [], reviewed: [] }
  let change = 0
  return {
    stats,
    afterPage(agentId) {
      stats.pages++
      for (let n = 0; n < perPage; n++) {
        const kind = pick(hashUnit(seed, change, 0), kinds)
        const where = hashUnit(seed, change, 1)
        const laterMs = 1000 + Math.floor(hashUnit(seed, change, 2) * 60_000)
        change++
        const rank = Math.floor(where * writes.count(agentId))
        if (kind === 'delete' || kind === 'swap')
          stats.deleted.push(...writes.remove(agentId, rank))
        if (kind === 'insert' || kind === 'swap')
          stats.inserted.push(...writes.insertNewest(agentId, laterMs))
        if (kind === 'late') stats.late.push(...writes.insertLate(agentId, where))
        if (kind === 'review') stats.reviewed.push(...writes.review(agentId, rank))
      }
    },
  }
}
