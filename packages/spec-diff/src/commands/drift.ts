import { parseArgs } from 'node:util'
import { bundleSpec } from '@cekura-kit/spec'
import { readDocument } from '../document/read-document.ts'
import { acceptDrift, deviationList, findDrift } from '../drift/find-drift.ts'
import { formatDrift } from '../drift/format-drift.ts'
import { exitCodes, repositoryRoot, runCommand, UsageError } from '../output/run-command.ts'
import { readDecisions, writeDecisions } from '../policy/decisions.ts'

const usage = `usage: pnpm -s drift DOCUMENT [--json] [--accept HASH … --reason TEXT]
  DOCUMENT  file or URL of upstream's OpenAPI document
  --accept  accept a difference by its hash, or "all"; needs --reason`

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      accept: { type: 'string', multiple: true, default: [] },
      reason: { type: 'string', default: '' },
    },
  })
  const [source, ...rest] = positionals
  if (!source || rest.length > 0)
    throw new UsageError(`Expected one document, got ${positionals.length}.`)
  const [upstream, { document }] = [await readDocument(source), await bundleSpec()]
  let deviations = await readDecisions(repositoryRoot, deviationList)
  let report = findDrift(document, upstream, deviations)
  if (values.accept.length > 0) {
    const today = new Date().toISOString().slice(0, 10)
    deviations = acceptDrift(deviations, report, values.accept, values.reason, today)
    await writeDecisions(repositoryRoot, deviationList, deviations)
    report = findDrift(document, upstream, deviations)
  }
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatDrift(report))
  return report.drift.length > 0 ? exitCodes.found : exitCodes.success
})
