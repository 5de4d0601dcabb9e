import { fileURLToPath } from 'node:url'
import { SpecError } from '@cekura-kit/spec'
import { checkPublished } from './check-published.ts'

try {
  const { text, refusals } = await checkPublished(
    fileURLToPath(new URL('../../../', import.meta.url)),
  )
  console.log(text)
  for (const refusal of refusals) console.error(refusal)
  if (refusals.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
