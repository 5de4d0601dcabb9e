import type { Worker } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import type { Finding } from './change.ts'
import { conclude, createContract, diffContracts, manyPaths, type SpecDiff } from './diff-specs.ts'
import { diffTypes } from './diff-types.ts'
import { pruneEqual } from './prune-equal.ts'
import { withoutWords } from './without-words.ts'

/**
 * Compares two documents in both views and decides the bump, at the price of what differs.
 *
 * @param thread takes its half of the work when much differs
 * @throws {SpecError} when the generator refuses one
 */
export async function diffDocuments(
  before: SpecDocument,
  after: SpecDocument,
  thread?: Worker,
): Promise<SpecDiff> {
  const [old, next] = pruneEqual(before, after)
  if (thread && Object.keys(next['paths'] ?? {}).length >= manyPaths)
    return diffBeside(old, next, thread)
  return diffContracts(await createContract(old), await createContract(next))
}

/** What a second thread does, in this order: the types of the newer document, then the wire view. */
interface Beside {
  schema: string
  findings: readonly Finding[]
}
export type BesideAnswer =
  | { [Key in keyof Beside]: Pick<Beside, Key> }[keyof Beside]
  | { refusal: string }

async function diffBeside(
  before: SpecDocument,
  after: SpecDocument,
  thread: Worker,
): Promise<SpecDiff> {
  const from = <Key extends keyof Beside>(key: Key): Promise<Beside[Key]> =>
    new Promise((resolve, reject) => {
      thread.once('error', reject).on('message', (answer: BesideAnswer) => {
        if (key in answer) resolve((answer as Pick<Beside, Key>)[key])
        else if ('refusal' in answer) reject(new SpecError(answer.refusal))
      })
    })
  thread.ref()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  thread.postMessage({ before, after })
  const types = Promise.all([createContract(withoutWords(before)), from('schema')]).then(
    ([old, schema]) => diffTypes(old.schema, schema),
  )
  try {
    const found = await Promise.all([types, from('findings')])
    return conclude(found.flat(), before, after)
  } finally {
    await thread.terminate()
  }
}
