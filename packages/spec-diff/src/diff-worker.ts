import { parentPort } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import type { BesideAnswer } from './diff-documents.ts'
import { createContract } from './diff-specs.ts'
import { diffWire } from './diff-wire.ts'
import { withoutWords } from './without-words.ts'

const post = (answer: BesideAnswer): void =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort!.postMessage(answer)

async function answer(before: SpecDocument, after: SpecDocument): Promise<void> {
  try {
    const { schema } = await createContract(withoutWords(after))
    post({ schema })
    post({ findings: diffWire(before, after) })
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    post({ refusal: error.message })
  }
}

parentPort!.once('message', ({ before, after }: { before: SpecDocument; after: SpecDocument }) =>
  answer(before, after),
)
