import { CekuraError, type CekuraClient } from '@cekura-kit/client'
import { exitCodes } from './command-error.ts'
import { runExport, type ExportPlan } from './export/run-export.ts'
import type { Output } from './run-list.ts'

const progressMs = 10_000
const resumable = new Set([
  'connection',
  'timeout',
  'rate_limit',
  'server',
  'not_found',
  'invalid_response',
])

const quote = (text: string): string =>
  /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** Runs an export for a person: progress and outcome on stderr, nothing on stdout. */
export async function runExportCommand(
  client: CekuraClient,
  plan: ExportPlan,
  args: string[],
  { stderr }: Output,
  signal: AbortSignal,
): Promise<number> {
  const again = `cekura-logs ${args.map(quote).join(' ')}`
  let told = Date.now()
  try {
    const summary = await runExport(client, plan, {
      baseUrl: process.env['CEKURA_API_URL']?.trim() || 'default',
      signal,
      now: Date.now,
      onProgress({ open, done, rows }) {
        if (Date.now() - told < progressMs) return
        told = Date.now()
        stderr.write(`${rows} calls, ${done} of ${done + open} windows\n`)
      },
    })
    const { calls, windows, unstable, began, path } = summary
    const how = {
      new: '',
      resumed: ' Resumed.',
      extended: ' Extended.',
      unchanged: ' Nothing new.',
    }
    stderr.write(`${calls} calls in ${windows} windows: ${path}.${how[began]}\n`)
    if (unstable === 0) return exitCodes.done
    stderr.write(
      `${unstable} windows of a second changed while they were read; the manifest names them.\n`,
    )
    return exitCodes.unstable
  } catch (error) {
    if (signal.aborted) {
      stderr.write(`Interrupted; what was read is kept. To go on: ${again}\n`)
      return exitCodes.interrupted
    }
    if (CekuraError.is(error) && resumable.has(error.code)) {
      stderr.write(`${error.message}\nWhat was read is kept. To go on: ${again}\n`)
      return exitCodes.resumable
    }
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error
    stderr.write(
      `Cannot write ${plan.path}: ${message}; free space or give another path, then go on: ${again}\n`,
    )
    return exitCodes.resumable
  }
}
