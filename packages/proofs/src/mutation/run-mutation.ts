// Mutation gate: the suite against every single change of the document and of the sandbox, the
// client's rules against every fault of a connection.
//   node mutate/run.ts [--only ID] [--json FILE] [--workers N]
import { fork, type ChildProcess } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Verdict } from './grade.ts'
import { countByOperator } from './mutant.ts'
import { sandboxMutants } from './sandbox/sandbox-operators.ts'
import { specMutants } from './document/spec-grader.ts'
import { transportMutants } from './transport/transport-operators.ts'
import type { Graded, Task } from './worker.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  },
})
const here = (file: string): URL => new URL(file, import.meta.url)
const readJson = async (file: string): Promise<{ [id: string]: unknown }> =>
  JSON.parse(await readFile(here(file), 'utf8')) as { [id: string]: unknown }

/** For a mutant that waits for ever. One that works for ever ends itself, see limit-work.ts. */
const mostWaitMs = 600_000

/** A process that grades one task at a time. */
class Worker {
  #child: ChildProcess | undefined
  /** Of the processes before this one, and of this one. */
  #spentMs = 0
  #processorMs = 0

  get processorMs(): number {
    return this.#spentMs + this.#processorMs
  }

  async grade(task: Task): Promise<Graded['verdict']> {
    const child = (this.#child ??= fork(fileURLToPath(here('worker.ts')), {
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    }))
    let complaint = ''
    const listen = (chunk: Buffer): void => void (complaint += chunk.toString())
    child.stderr!.on('data', listen)
    let timer: NodeJS.Timeout | undefined
    try {
      const { verdict, processorMs } = await new Promise<Graded>((resolve, reject) => {
        child.once('message', resolve)
        child.once('exit', (code) =>
          reject(new Error(`the process ended with ${code}\n${complaint}`)),
        )
        timer = setTimeout(
          () => reject(new Error(`no verdict within ${mostWaitMs} ms`)),
          mostWaitMs,
        )
        child.send(task)
      })
      this.#processorMs = processorMs
      return verdict
    } catch (error) {
      child.kill('SIGKILL')
      this.#child = undefined
      this.#spentMs = this.processorMs
      this.#processorMs = 0
      throw error
    } finally {
      clearTimeout(timer)
      child.removeAllListeners('message').removeAllListeners('exit')
      child.stderr!.off('data', listen)
    }
  }

  close(): void {
    this.#child?.kill()
  }
}

const named = (artefact: Task['artefact'], mutants: readonly { id: string; operator: string }[]) =>
  mutants.map(({ id, operator }) => ({ artefact, id, operator }))

const all = [
  // Those that wait for a timeout first, so that the other worker has something to do meanwhile.
  ...named('transport', transportMutants),
  ...named('spec', specMutants),
  ...named('sandbox', sandboxMutants),
]
const chosen = values.only === undefined ? all : all.filter(({ id }) => id === values.only)
const complaints: string[] = []

const ids = all.map(({ id }) => id)
const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
if (twice.length > 0) complaints.push(`ids that stand for two mutants: ${twice.join(', ')}`)
if (chosen.length === 0) {
  console.error(
    `Cannot run the mutant "${values.only}": there is none with that id; see the report of a whole run, --json FILE`,
  )
  process.exit(2)
}

const counts = countByOperator(all)
const equivalents = await readJson('equivalents.json')
for (const id of Object.keys(equivalents))
  if (!ids.includes(id)) complaints.push(`equivalents.json names "${id}", which is no mutant`)

const start = performance.now()
const workers = Array.from({ length: Number(values.workers) }, () => new Worker())
const verdicts: Verdict[] = []
const queue = [...chosen]

try {
  // A red baseline kills everything and proves nothing.
  for (const artefact of new Set(chosen.map((mutant) => mutant.artefact))) {
    const { killer, message } = await workers[0]!.grade({ artefact, id: undefined })
    if (killer !== undefined) {
      console.error(`Nothing is changed and yet ${killer} fails, on ${artefact}: ${message}`)
      process.exit(1)
    }
  }
  await Promise.all(
    workers.map(async (worker) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const { artefact, id, operator } = mutant
        const started = performance.now()
        try {
          const verdict = await worker.grade({ artefact, id })
          verdicts.push({ id, operator, ...verdict, durationMs: performance.now() - started })
          if (verdict.killer === undefined && !(id in equivalents)) console.error(`survives: ${id}`)
        } catch (error) {
          complaints.push(`${id}: ${(error as Error).message}`)
        }
      }
    }),
  )
} finally {
  for (const worker of workers) worker.close()
}

const survivors = verdicts.filter(({ id, killer }) => killer === undefined && !(id in equivalents))
const dead = verdicts.filter(({ killer }) => killer !== undefined)
for (const { id } of dead)
  if (id in equivalents) complaints.push(`equivalents.json excuses "${id}", which is killed`)
const seconds = (performance.now() - start) / 1000
const processorSeconds = workers.reduce((sum, { processorMs }) => sum + processorMs, 0) / 1000

if (values.json !== undefined)
  await writeFile(
    values.json,
    `${JSON.stringify({ seconds, processorSeconds, counts, survivors, verdicts }, null, 2)}\n`,
  )
if (values.only !== undefined) {
  const [verdict] = verdicts
  if (verdict)
    console.log(verdict.killer ? `killed by ${verdict.killer}: ${verdict.message}` : 'survives')
} else {
  const byLayer: { [layer: string]: number } = {}
  for (const { layer } of dead) byLayer[layer!] = (byLayer[layer!] ?? 0) + 1
  console.log(
    `${all.length} mutants, ${dead.length} killed, ${Object.keys(equivalents).length} equivalent, ${seconds.toFixed(1)} s on ${workers.length} workers (${processorSeconds.toFixed(1)} s of processor time)`,
  )
  console.log(
    `killed by ${Object.entries(byLayer)
      .map(([layer, n]) => `${layer} ${n}`)
      .join(', ')}`,
  )
}
for (const complaint of complaints) console.error(complaint)
process.exitCode = survivors.length > 0 || complaints.length > 0 ? 1 : 0
