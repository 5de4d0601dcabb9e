import { Worker } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { createContract, type Contract } from './diff-specs.ts'

/** Below this many paths a second thread costs more than it saves. */
const manyPaths = 50

/**
 * The contracts of two documents; large ones are generated side by side.
 *
 * @throws {SpecError} when the generator refuses one
 */
export async function createContracts(
  before: SpecDocument,
  after: SpecDocument,
): Promise<[Contract, Contract]> {
  if (Object.keys(after['paths'] ?? {}).length < manyPaths)
    return [await createContract(before), await createContract(after)]
  return Promise.all([createContract(before), createBeside(after)])
}

function createBeside(document: SpecDocument): Promise<Contract> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('generate-worker.ts', import.meta.url), {
      workerData: document,
    })
    worker.once('error', reject)
    worker.once('message', ({ schema, refusal }: { schema?: string; refusal?: string }) =>
      schema === undefined ? reject(new SpecError(refusal)) : resolve({ document, schema }),
    )
  })
}
