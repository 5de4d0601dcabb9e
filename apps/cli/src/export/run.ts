import { readBaseUrl, type Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { dropFlag, writeCommand } from '../errors/suggestion.ts'
import { formatNumber, plural } from '../terminal/format-number.ts'
import { createProgress, type ProgressMode } from '../terminal/progress.ts'
import { checkOutputPath } from './check-output-path.ts'
import { describeFailure } from './describe-failure.ts'
import { previewExport } from './dry-run.ts'
import type { ExportPlan } from './plan.ts'
import { runExport, type ExportSummary, type RunningExport } from './run-export.ts'

const statusNotes: Record<ExportSummary['status'], string> = {
  new: '',
  resumed: ' Resumed.',
  extended: ' Extended.',
  refreshed: ' Read again.',
  'up to date': ' Up to date.',
}

function printSummary(summary: ExportSummary, { note, warn }: Context['err']): void {
  const { calls, windows, files, unstable, quarantined, path, status } = summary
  note(`${plural(calls, 'call')} in ${plural(windows, 'window')}: ${path}.${statusNotes[status]}`)
  if (status !== 'up to date')
    note(
      `${formatNumber(summary.new)} new, ${formatNumber(summary.changed)} changed, ${formatNumber(summary.unchanged)} unchanged, ${formatNumber(summary.deleted)} deleted; ${plural(files, 'file')} written.`,
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
  { dryRun, progress: mode }: { dryRun?: boolean | undefined; progress: ProgressMode },
  context: Context,
): Promise<ExitCode> {
  const { io, out } = context
  // A program reads events and nothing else.
  const err = mode === 'json' ? { ...context.err, warn: () => {} } : context.err
  const progress = createProgress(err, mode, io)
  const args = dropFlag(context.args, '--restart')
  const run: RunningExport = { plan, context, progress, args, read: 0 }
  checkOutputPath(plan)
  try {
    if (dryRun) {
      await out.write(previewExport(plan, readBaseUrl(context.options), io.now()))
      return exitCodes.done
    }
    const summary = await runExport(run)
    progress.end()
    progress.event('complete', summary)
    printSummary(summary, err)
    return summary.unstable + summary.quarantined > 0 ? exitCodes.unstable : exitCodes.done
  } catch (error) {
    progress.end()
    if (!io.signal.aborted) throw describeFailure(error, run)
    const isTerm = io.signal.reason === 'SIGTERM'
    const exit_code = isTerm ? exitCodes.terminated : exitCodes.interrupted
    const message = `Interrupted; ${plural(run.read, 'call')} saved.`
    const fix = writeCommand(run.args)
    err.warn(`${message}\nTo resume: ${fix}`)
    progress.event('error', { code: 'interrupted', message, fix, request_id: null, exit_code })
    return exit_code
  }
}
