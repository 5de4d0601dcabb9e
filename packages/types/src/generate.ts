import { readFile, writeFile } from 'node:fs/promises'
import { bundleSpec, checkSpec, SpecError } from '@cekura-kit/spec'
import { generateFiles } from './generator.ts'

const check = process.argv.includes('--check')
const root = new URL('../', import.meta.url)

try {
  const { document } = await bundleSpec()
  const [problem] = checkSpec(document)
  if (problem)
    throw new SpecError(
      `Cannot generate types from the spec: ${problem.message} (${problem.location})`,
    )
  for (const { path, text } of await generateFiles(document)) {
    const url = new URL(path, root)
    const current = await readFile(url, 'utf8').catch(() => '')
    if (current === text) continue
    if (check)
      throw new SpecError(
        `packages/types/${path} does not match spec/openapi.yaml; run \`pnpm generate\` and commit it`,
      )
    await writeFile(url, text)
    console.log(`wrote packages/types/${path}`)
  }
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
