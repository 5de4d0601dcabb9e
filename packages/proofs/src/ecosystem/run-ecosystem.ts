// Packs the public packages, installs the client into a project outside of the repository, and uses
// it on each runtime and compiler: run-ecosystem.ts [word ...] runs cells whose name has a word.
import { packPackages } from '../harness/package-source.ts'
import { runProof } from '../harness/run-proof.ts'
import { runCells } from './run-cells.ts'

await runProof('ecosystem', async (report, folder) => {
  const source = await report.step('build and pack', () => packPackages(folder))
  await runCells(report, process.argv.slice(2), `${folder}/consumer`, source)
})
