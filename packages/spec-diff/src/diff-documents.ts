import { Worker } from 'node:worker_threads'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import {
  createContract,
  diffContracts,
  manyPaths,
  type Contract,
  type SpecDiff,
} from './diff-specs.ts'
import { pruneEqual } from './prune-equal.ts'

/**
 * Compares two documents in both views and decides the bump, at the price of what differs.
 *
 * @throws {SpecError} when the generator refuses one
 */
export async function diffDocuments(before: SpecDocument, after: SpecDocument): Promise<SpecDiff> {
  return diffContracts(...(await createContracts(...pruneEqual(before, after))))
}

/**
 * The contracts of two documents; large ones are generated side by side, because below that a
 * second thread costs more than it saves.
 *
 * @throws {SpecError} when the generator refuses one
 */
async function createContracts(
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
