import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleSpec, SpecError } from '@cekura-kit/spec'
import { compareBeside } from './compare-beside.ts'
import { formatDrift, readDeviations } from './drift.ts'
import { readUpstream } from './read-upstream.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [source, ...rest] = positionals
  if (!source || rest.length > 0)
    throw new SpecError(
      'Cannot look for drift: give one file or URL\nusage: pnpm -s drift FILE-OR-URL [--json]',
    )
  const upstream = await readUpstream(source)
  const report = await compareBeside({
    ours: (await bundleSpec()).document,
    upstream,
    accepted: await readDeviations(root),
  })
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatDrift(report))
  if (report.drift.length + report.settled.length > 0) process.exitCode = 1
} catch (error) {
  if (error instanceof SpecError) console.error(error.message)
  else if (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
    console.error((error as Error).message)
  else throw error
  process.exitCode = 2
}
