// Grades one mutant after another; one that ends this process costs its own verdict only.
import { createSandboxGrader } from './sandbox-grader.ts'
import { createSpecGrader } from './spec-grader.ts'

export interface Task {
  artefact: 'spec' | 'sandbox'
  /** Undefined for no change at all. */
  id: string | undefined
}

const graders = { spec: createSpecGrader, sandbox: createSandboxGrader }
const started: { [artefact: string]: ReturnType<typeof createSpecGrader> } = {}

process.on('message', (task: Task) => {
  void (async () => {
    const grade = await (started[task.artefact] ??= graders[task.artefact]())
    process.send!(await grade(task.id))
  })()
})
process.once('disconnect', () => process.exit(0))
