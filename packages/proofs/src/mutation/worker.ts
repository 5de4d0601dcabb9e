// Grades one mutant after another; one that ends this process costs its own verdict only.
import type { Verdict } from './grade.ts'
import { limitWork } from './limit-work.ts'
import { createSandboxGrader } from './sandbox/sandbox-grader.ts'
import { createSpecGrader } from './document/spec-grader.ts'
import { createTransportGrader } from './transport/transport-grader.ts'

export interface Task {
  artefact: 'spec' | 'sandbox' | 'transport'
  /** Undefined for no change at all. */
  id: string | undefined
}

export interface Graded {
  verdict: Pick<Verdict, 'killer' | 'layer' | 'message'>
  /** Processor time of this process so far: what the gate costs however busy the machine is. */
  processorMs: number
}

const graders = {
  spec: createSpecGrader,
  sandbox: createSandboxGrader,
  transport: createTransportGrader,
}
const started: { [artefact: string]: ReturnType<typeof createSpecGrader> } = {}

const begin = limitWork(60_000)

process.on('message', (task: Task) => {
  begin()
  void (async () => {
    const grade = await (started[task.artefact] ??= graders[task.artefact]())
    const verdict = await grade(task.id)
    const { user, system } = process.cpuUsage()
    process.send!({ verdict, processorMs: (user + system) / 1000 } satisfies Graded)
  })()
})
process.once('disconnect', () => process.exit(0))
