import { parentPort, workerData } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { createContract } from './diff-specs.ts'

const answer = await createContract(workerData as SpecDocument).then(
  ({ schema }) => ({ schema }),
  (error: unknown) => {
    if (error instanceof SpecError) return { refusal: error.message }
    throw error
  },
)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort!.postMessage(answer)
