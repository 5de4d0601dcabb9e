import { Worker } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import type { Deviation, DriftReport } from './drift.ts'

/** How long a comparison with somebody else's document may take. */
export const comparisonLimitMs = 60_000

/** What the worker is handed, and what it answers. */
export interface Comparison {
  ours: SpecDocument
  upstream: SpecDocument
  accepted: readonly Deviation[]
}
export type Answer = { report: DriftReport } | { refusal: string }

/**
 * `findDrift` in a thread that ends at a limit: types of a document made to be slow are slow to
 * generate and to compare, and nothing else could interrupt that.
 *
 * @throws {SpecError} when the types cannot be generated, or the limit is reached
 */
export function compareBeside(
  comparison: Comparison,
  limitMs = comparisonLimitMs,
): Promise<DriftReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('drift-worker.ts', import.meta.url), {
      workerData: comparison,
    })
    const timer = setTimeout(() => {
      reject(
        new SpecError(
          `Cannot compare with upstream within ${limitMs / 1000} s; cut its document down to the operations of ours`,
        ),
      )
      void worker.terminate()
    }, limitMs)
    worker.once('message', (answer: Answer) =>
      'report' in answer ? resolve(answer.report) : reject(new SpecError(answer.refusal)),
    )
    worker.once('error', reject)
    worker.once('exit', () => clearTimeout(timer))
  })
}
