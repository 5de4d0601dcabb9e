import { parseArgs } from 'node:util'
import { diffSpecs } from '../diff.ts'
import { readDocument } from '../document/read-document.ts'
import { formatDiff } from '../output/format-diff.ts'
import { exitCodes, runCommand, UsageError, widthOf } from '../output/run-command.ts'

const usage = 'usage: pnpm -s spec-diff OLD NEW [--json]'

await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
    },
  })
  const [old, next, ...rest] = positionals
  if (!old || !next || rest.length > 0)
    throw new UsageError(
      `Expected two documents, the old and the new one, got ${positionals.length}.`,
    )
  const diff = diffSpecs(await readDocument(old), await readDocument(next))
  process.stdout.write(
    values.json
      ? `${JSON.stringify(diff, null, 2)}\n`
      : formatDiff(diff, widthOf(process.stdout.columns)),
  )
  return exitCodes.success
})
