// Mutation tests: the contract suite against single faults of the document and of the sandbox, the
// client against faults of the connection. Fails on a survivor that is not an expected one.
//   run-mutation.ts [--only ID] [--json FILE] [--workers N]
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { documentMutants } from './document/grade-document.ts'
import type { Artifact, Mutant, Result } from './mutant.ts'
import { sandboxMutants } from './sandbox/sandbox-mutants.ts'
import { transportMutants } from './transport/transport-faults.ts'
import { WorkerProcess } from './worker-process.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  },
})

const ofArtifact = (artifact: Artifact, mutants: readonly Omit<Mutant, 'artifact'>[]): Mutant[] =>
  mutants.map(({ id, operator }) => ({ artifact, id, operator }))

const all = [
  // Those that wait for a timeout come first, so that another worker is busy at the end.
  ...ofArtifact('transport', transportMutants),
  ...ofArtifact('document', documentMutants),
  ...ofArtifact('sandbox', sandboxMutants),
]
const chosen = all.filter(({ id }) => values.only === undefined || id === values.only)
if (chosen.length === 0) {
  console.error(`Unknown mutant "${values.only}". Use an id from the output of --json FILE.`)
  process.exit(2)
}

const workers = Array.from({ length: Number(values.workers) }, () => new WorkerProcess())
const expectedFile = new URL('expected-survivors.json', import.meta.url)
/** Why a mutant survives, and why any mutant at a place may survive. */
const expected = JSON.parse(await readFile(expectedFile, 'utf8')) as {
  mutants: { [id: string]: string }
  places: { [path: string]: string }
}
const isExpected = (id: string): boolean =>
  id in expected.mutants || Object.keys(expected.places).some((path) => id.includes(path))
const problems: string[] = []
const results: (Mutant & Result & { durationMs: number })[] = []
const start = performance.now()

/** Without a fault every check passes; otherwise each mutant would fail and prove nothing. */
async function expectNoFailureWithoutFault(): Promise<void> {
  for (const artifact of new Set(chosen.map((mutant) => mutant.artifact))) {
    const { killer, message } = await workers[0]!.grade({ artifact, id: undefined })
    if (killer !== undefined)
      throw new Error(`Without a fault, ${killer} fails on the ${artifact}: ${message}`)
  }
}

async function gradeAll(): Promise<void> {
  const queue = [...chosen]
  await Promise.all(
    workers.map(async (worker) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const begin = performance.now()
        try {
          const result = await worker.grade(mutant)
          results.push({ ...mutant, ...result, durationMs: performance.now() - begin })
        } catch (error) {
          problems.push(`${mutant.id}: ${(error as Error).message}`)
        }
      }
    }),
  )
}

function countBy<T>(items: readonly T[], key: (item: T) => string): { [key: string]: number } {
  const counts: { [key: string]: number } = {}
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1
  return counts
}

try {
  await expectNoFailureWithoutFault()
  await gradeAll()
} finally {
  for (const worker of workers) worker[Symbol.dispose]()
}

const seconds = ((performance.now() - start) / 1000).toFixed(1)
const killed = results.filter(({ killer }) => killer !== undefined)
const survivors = results.filter(({ killer }) => killer === undefined).map(({ id }) => id)
for (const id of survivors) if (!isExpected(id)) problems.push(`survives: ${id}`)
for (const id of Object.keys(expected.mutants))
  if (!survivors.includes(id) && chosen.some((mutant) => mutant.id === id))
    problems.push(`expected-survivors.json lists ${id}, which is killed`)
  else if (!all.some((mutant) => mutant.id === id))
    problems.push(`expected-survivors.json lists ${id}, which is not a mutant`)

if (values.json !== undefined) {
  const operators = countBy(all, ({ operator }) => operator)
  await writeFile(values.json, `${JSON.stringify({ seconds, operators, results }, null, 2)}\n`)
}
if (values.only !== undefined && killed[0])
  console.log(`killed by ${killed[0].killer}: ${killed[0].message}`)
console.log(
  `${chosen.length} mutants (${JSON.stringify(countBy(chosen, ({ artifact }) => artifact))}), ${killed.length} killed, ${survivors.length} survived, ${seconds} s on ${workers.length} workers`,
)
console.log(`killed by ${JSON.stringify(countBy(killed, ({ group }) => group ?? ''))}`)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
