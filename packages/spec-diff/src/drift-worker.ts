import { parentPort, workerData } from 'node:worker_threads'
import { SpecError } from '@cekura-kit/spec'
import type { Answer, Comparison } from './compare-beside.ts'
import { findDrift } from './drift.ts'

const { ours, upstream, accepted } = workerData as Comparison
const answer = await findDrift(ours, upstream, accepted).then(
  (report): Answer => ({ report }),
  (error: unknown): Answer => {
    if (error instanceof SpecError) return { refusal: error.message }
    throw error
  },
)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort!.postMessage(answer)
