import { parentPort, workerData } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import type { BesideAnswer } from './diff-documents.ts'
import { createContract } from './diff-specs.ts'
import { diffWire } from './diff-wire.ts'

const { before, after } = workerData as { before: SpecDocument; after: SpecDocument }
const post = (answer: BesideAnswer): void =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort!.postMessage(answer)

try {
  const { schema } = await createContract(after)
  post({ schema })
  post({ findings: diffWire(before, after) })
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  post({ refusal: error.message })
}
