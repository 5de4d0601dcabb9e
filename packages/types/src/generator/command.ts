import { readFile, writeFile } from 'node:fs/promises'
import { bundleSpec, checkSpec, SpecError } from '@cekura-kit/spec'
import { generateFiles } from '../generator.ts'

const isCheck = process.argv.includes('--check')
const root = new URL('../../', import.meta.url)

try {
  const { document } = await bundleSpec()
  const problems = checkSpec(document)
  if (problems.length > 0)
    throw new SpecError(
      `Cannot generate types: spec/openapi.yaml has ${problems.length} problem(s). Fix them first.\n${problems
        .map(({ location, message }) => `  ${location}: ${message}`)
        .join('\n')}`,
    )
  const stale: string[] = []
  for (const { path, text } of await generateFiles(document)) {
    const url = new URL(path, root)
    const current = await readFile(url, 'utf8').catch(() => '')
    if (current === text) continue
    if (isCheck) stale.push(`packages/types/${path}`)
    else {
      await writeFile(url, text)
      console.log(`wrote packages/types/${path}`)
    }
  }
  if (stale.length > 0)
    throw new SpecError(
      `${stale.join(', ')}: does not match spec/openapi.yaml. Run \`pnpm generate\` and commit the result.`,
    )
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
