import { expect, test } from 'vitest'
import { judge, maxBump } from './change.ts'
import { createContract, diffContracts } from './diff-specs.ts'
import { diffTypes } from './diff-types.ts'
import { mutate, mutations, type Mutation } from './mutations.ts'
import { createRandom, createTrialDocument } from './trial-document.ts'
import { runProbes } from './run-probes.ts'

// A sample for every run; `pnpm mutate:spec` takes thousands and compiles consumers of each.
const cases = Number(process.env['CASES'] ?? 520)
const probed = process.env['CASES'] ? cases : 130
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** One to three mutations of different areas, every mutation alone at least once. */
function choose(index: number, random: () => number): Mutation[] {
  if (index < mutations.length) return [mutations[index]!]
  const chosen: Mutation[] = []
  const wanted = 1 + Math.floor(random() * 3)
  while (chosen.length < wanted) {
    const mutation = mutations[Math.floor(random() * mutations.length)]!
    if (!chosen.some(({ area }) => area === mutation.area)) chosen.push(mutation)
  }
  return chosen
}

test(
  `the bump is what the mutations need, no less and no more (SEED=${seed})`,
  // A bound against a hang; speed is measured by the bench.
  { timeout: Math.max(600_000, cases * 1_500) },
  async () => {
    const random = createRandom(seed)
    const wrong: unknown[] = []
    const sets = []
    for (let index = 0; index < cases; index++) {
      const document = createTrialDocument(random)
      const chosen = choose(index, random)
      const [before, after] = [
        await createContract(document),
        await createContract(mutate(document, chosen)),
      ]
      const { bump, changes } = diffContracts(before, after)
      const want = maxBump(chosen.map((mutation) => mutation.bump))
      if (bump !== want)
        wrong.push({ index, mutations: chosen.map(({ name }) => name), want, bump, changes })
      if (index < probed) sets.push({ before: before.schema, after: after.schema, chosen })
    }
    expect(wrong).toEqual([])

    const failures = await runProbes(sets)
    const disagreements = sets.flatMap(({ before, after, chosen }, index) => {
      const majors = judge(diffTypes(before, after)).filter(({ bump }) => bump === 'major')
      const broken = failures[index]!.filter(({ strict }) => !strict)
      return majors.length > 0 === broken.length > 0
        ? []
        : [{ index, mutations: chosen.map(({ name }) => name), majors, broken }]
    })
    expect(disagreements).toEqual([])
  },
)
