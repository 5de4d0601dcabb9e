import { fileURLToPath } from 'node:url'
import { formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core'
import { bundleSpec, specFile, type SpecDocument } from './bundle-spec.ts'
import { checkSpec } from './check-spec.ts'

const configPath = fileURLToPath(new URL('../redocly.yaml', import.meta.url))

export interface LintedSpec {
  document: SpecDocument
  /** Number of printed findings, 0 for a valid document. */
  findings: number
}

/**
 * Lints an OpenAPI file, validates its examples, and prints every finding.
 *
 * @param file path of the entry file; default {@link specFile}
 * @throws {SpecError} if it cannot be read or bundled
 */
export async function lintSpec(file: string = specFile): Promise<LintedSpec> {
  const { document } = await bundleSpec(file)
  const findings = await lint({ ref: file, config: await loadConfig({ configPath }) })
  if (findings.length > 0)
    formatProblems(findings, { format: 'codeframe', totals: getTotals(findings) })
  const problems = checkSpec(document)
  for (const { location, message } of problems) console.error(`${location}: ${message}`)
  return { document, findings: findings.length + problems.length }
}
