import { fileURLToPath } from 'node:url'
import { formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core'
import { bundleSpec, specFile } from './bundle-spec.ts'
import { checkSpec } from './check-spec.ts'
import { SpecError } from './spec-error.ts'

const configPath = fileURLToPath(new URL('../redocly.yaml', import.meta.url))

try {
  const { document } = await bundleSpec(process.argv[2])
  const findings = await lint({
    ref: process.argv[2] ?? specFile,
    config: await loadConfig({ configPath }),
  })
  if (findings.length > 0)
    formatProblems(findings, { format: 'codeframe', totals: getTotals(findings) })
  const problems = checkSpec(document)
  for (const { location, message } of problems) console.error(`${location}: ${message}`)
  if (findings.length + problems.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof SpecError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
