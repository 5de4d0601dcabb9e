// Grades one mutant after another; one that ends this process costs its own result only.
import { createDocumentGrader } from './document/grade-document.ts'
import type { Artifact, Grader, Result } from './mutant.ts'
import { createSandboxGrader } from './sandbox/grade-sandbox.ts'
import { createTransportGrader } from './transport/grade-transport.ts'

export interface Task {
  artifact: Artifact
  /** Undefined for no fault at all. */
  id: string | undefined
}

const create = {
  document: createDocumentGrader,
  sandbox: createSandboxGrader,
  transport: createTransportGrader,
}
const graders: { [artifact: string]: Promise<Grader> } = {}

process.on('message', ({ artifact, id }: Task) => {
  graders[artifact] ??= create[artifact]()
  void graders[artifact].then((grade) => grade(id)).then((result: Result) => process.send!(result))
})
process.once('disconnect', () => process.exit(0))
