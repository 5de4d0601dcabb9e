// usage: run-soundness.ts [CASES] [FIRST_SEED]
import { editedDocuments } from './edited-documents.ts'
import { findUnsound } from './soundness.ts'

const [cases = 2_000, first = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
console.log(`${cases} random edits, seeds from ${first}`)
const seeds = Array.from({ length: cases }, (_, i) => first + i)
const { unsound, ...report } = await findUnsound(editedDocuments, seeds)
console.log(JSON.stringify(report))
for (const { seed, edit, bump, proof } of unsound)
  console.error(`seed ${seed}: ${edit}\n  is a ${bump}, but: ${proof}`)
if (unsound.length > 0) process.exitCode = 1
