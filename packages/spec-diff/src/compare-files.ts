import { parseArgs } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { SpecError } from '@cekura-kit/spec'
import { diffDocuments } from './diff-documents.ts'
import { formatDiff } from './format-diff.ts'
import { readDocument } from './read-document.ts'

const usage = 'usage: pnpm -s spec-diff OLD NEW [--json]'

/** The command: reads the arguments and files of this process, prints, and sets the exit code. */
export async function compareFiles(thread?: Worker): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) {
      console.log(usage)
      return
    }
    const [old, next, ...rest] = positionals
    if (!old || !next || rest.length > 0)
      throw new SpecError(
        `Cannot compare ${positionals.length} files: give two, the old and the new one\n${usage}`,
      )
    const diff = await diffDocuments(await readDocument(old), await readDocument(next), thread)
    process.stdout.write(
      values.json ? `${JSON.stringify(diff, null, 2)}\n` : formatDiff(diff, process.stdout.columns),
    )
  } catch (error) {
    if (error instanceof SpecError) console.error(error.message)
    else if (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
      console.error(`${(error as Error).message}\n${usage}`)
    else throw error
    process.exitCode = 2
  }
}
