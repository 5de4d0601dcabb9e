import { formatNumber, plural } from '@cekura-kit/call-format'
import { readBaseUrl, type Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { dropFlag, writeCommand } from '../errors/suggestion.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { checkOutputPath } from './check-output-path.ts'
import { describeFailure } from './describe-failure.ts'
import { previewExport } from './dry-run.ts'
import type { ExportPlan } from './plan.ts'
import { runExport, type ExportSummary, type RunningExport } from './run-export.ts'

function printSummary(
  { manifest, status, path, windows, written }: ExportSummary,
  { note, warn }: Context['err'],
): void {
  const { calls, last_run: found, quarantined } = manifest
  const unstable = manifest.unstable.length
  note(`${plural(calls, 'call')} in ${plural(windows, 'window')}: ${path} (${status}).`)
  if (status !== 'up to date')
    note(
      `${formatNumber(found.new)} new, ${formatNumber(found.changed)} changed, ${formatNumber(found.unchanged)} unchanged, ${formatNumber(found.deleted)} deleted; ${plural(written, 'file')} written.`,
    )
  if (unstable > 0)
    warn(
      `${plural(unstable, 'one-second window')} changed during the export. Rerun to read ${unstable === 1 ? 'it' : 'them'} again.`,
    )
  if (quarantined > 0)
    warn(`Skipped ${plural(quarantined, 'invalid row')}; saved to the quarantine file.`)
}

/** Runs or previews an export and reports on stderr. */
export async function runExportCommand(
  plan: ExportPlan,
  { dryRun, json }: { dryRun: boolean | undefined; json: boolean | undefined },
  context: Context,
): Promise<ExitCode> {
  const { io, out, err } = context
  const run: RunningExport = { plan, context, args: dropFlag(context.args, '--restart'), read: 0 }
  checkOutputPath(plan)
  try {
    if (dryRun) {
      await out.write(previewExport(plan, readBaseUrl(context.options), io.now()))
      return exitCodes.done
    }
    const summary = await runExport(run)
    printSummary(summary, err)
    const { manifest, status } = summary
    if (json) await out.write(`${encodeJson({ ...manifest, status }, 2)}\n`)
    const isVerified = manifest.unstable.length + manifest.quarantined === 0
    return isVerified ? exitCodes.done : exitCodes.unstable
  } catch (error) {
    if (!io.signal.aborted) throw describeFailure(error, run)
    err.warn(
      `Interrupted; ${plural(run.read, 'call')} saved.\nTo resume: ${writeCommand(run.args)}`,
    )
    return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
  }
}
