import { CekuraError, type CekuraErrorCode } from '@cekura-kit/client'
import { formatTime, typeTime } from '../config/time.ts'
import { readBaseUrl, type Context } from '../context.ts'
import { formatClientError, suggestFix } from '../errors/client-error-message.ts'
import { CommandError, exitCodes, type ExitCode } from '../errors/command-error.ts'
import { dropFlag, setFlag, withFlag, writeCommand } from '../errors/suggestion.ts'
import { formatNumber, plural } from '../terminal/format-number.ts'
import { createProgress, type Progress, type ProgressMode } from '../terminal/progress.ts'
import { checkOutputPath } from './check-output-path.ts'
import { previewExport } from './dry-run.ts'
import type { ExportPlan } from './plan.ts'
import { iso } from './read/instant.ts'
import type { Span } from './read/span.ts'
import {
  runExport,
  type ExportDependencies,
  type ExportProgress,
  type ExportSummary,
} from './run-export.ts'
import { isDiskError, isSystemError } from './state/open-database.ts'
import { planPaths } from './write/paths.ts'
import { DiskError } from './write/write-files.ts'

/** Failures after which a rerun resumes. */
const resumable: ReadonlySet<CekuraErrorCode> = new Set([
  'connection',
  'timeout',
  'rate_limit',
  'server',
  'not_found',
  'invalid_response',
])

/** An export retries longer than a person at a prompt would wait. */
const maxRetries = 5

const statusNotes: Record<ExportSummary['status'], string> = {
  new: '',
  resumed: ' Resumed.',
  extended: ' Extended.',
  refreshed: ' Read again.',
  'up to date': ' Up to date.',
}

type Messages = Pick<Context['err'], 'note' | 'warn'>
const silent: Messages = { note: () => {}, warn: () => {} }

function printSummary(summary: ExportSummary, err: Messages): ExitCode {
  const { calls, windows, files, unstable, quarantined, path, status } = summary
  err.note(
    `${plural(calls, 'call')} in ${plural(windows, 'window')}: ${path}.${statusNotes[status]}`,
  )
  if (status !== 'up to date')
    err.note(
      `${formatNumber(summary.new)} new, ${formatNumber(summary.changed)} changed, ${formatNumber(summary.unchanged)} unchanged, ${formatNumber(summary.deleted)} deleted; ${plural(files, 'file')} written.`,
    )
  if (unstable > 0)
    err.warn(
      `${plural(unstable, 'one-second window')} changed during the export. Rerun to read ${unstable === 1 ? 'it' : 'them'} again.`,
    )
  if (quarantined > 0)
    err.warn(`Skipped ${plural(quarantined, 'invalid row')}; saved to the quarantine file.`)
  return unstable > 0 || quarantined > 0 ? exitCodes.unstable : exitCodes.done
}

const toRange = ({ start, end }: Span) => ({ from: iso(start), to: iso(end) })

/** Reports progress as events for a program and a share for a person. */
function createProgressReporter(progress: Progress, { note }: Messages): ExportProgress {
  return {
    start({ status, range, calls }) {
      progress.event('start', { status, ...toRange(range), calls })
      note(`Range: ${formatTime(range.start)} to ${formatTime(range.end)}.`)
      // Something to look at before the first response.
      progress.update(() => ({ share: 0, counts: { calls: 0 } }))
    },
    window({ window, calls, read, expected }) {
      const rounded = expected === undefined ? null : Math.round(expected)
      progress.event('window', { ...toRange(window), calls, read, expected: rounded })
      if (expected === undefined) return
      const share = read + expected === 0 ? 1 : read / (read + expected)
      progress.update(() => ({ share, counts: { calls: read } }))
    },
    retry: ({ code, attempt, delayMs, concurrency }) =>
      progress.event('retry', { code, attempt, delay_ms: delayMs, concurrency }),
  }
}

/** A disk failure with its path; undefined for another. */
function readDiskError(error: unknown, plan: ExportPlan) {
  if (error instanceof DiskError) return { path: error.path, why: error.message }
  const { state } = planPaths(plan.path)
  if (isDiskError(error)) return { path: state, why: (error as Error).message }
  return isSystemError(error) ? { path: error.path ?? state, why: error.message } : undefined
}

/** An API or disk failure after which a rerun resumes; others unchanged. */
function toResumableError(
  error: unknown,
  plan: ExportPlan,
  { args, now }: { args: readonly string[]; now: number },
): unknown {
  const rerun = writeCommand(args)
  if (CekuraError.is(error) && resumable.has(error.code)) {
    const { code, requestId } = error
    const easier = {
      timeout: withFlag(args, '--timeout', '2m'),
      rate_limit: withFlag(args, '--concurrency', '1'),
    }[code as string]
    return new CommandError(`${formatClientError(error, now)} Progress is saved.`, {
      code,
      exitCode: exitCodes.resumable,
      suggestion: CekuraError.hasReason(error, 'response_too_large')
        ? withFlag(args, '--page-size', '10')
        : (suggestFix(error, args) ?? easier ?? rerun),
      requestId,
    })
  }
  const disk = readDiskError(error, plan)
  if (!disk) return error
  return new CommandError(
    `Cannot write ${disk.path}: ${disk.why}. Progress is saved, and the previous files are unchanged.`,
    {
      code: 'disk',
      exitCode: exitCodes.resumable,
      suggestion: `${rerun}  # when it is writable, or with another --output`,
    },
  )
}

/** Runs or previews an export and reports on stderr. */
export async function runExportCommand(
  plan: ExportPlan,
  { dryRun, progress: mode }: { dryRun?: boolean | undefined; progress: ProgressMode },
  context: Context,
): Promise<ExitCode> {
  const { io, err, out } = context
  const progress = createProgress(err, mode, io)
  // A program reads events and nothing else.
  const messages = mode === 'json' ? silent : err
  const reporter = createProgressReporter(progress, messages)
  // Relative times mean something else later: a suggestion has those of the state.
  let args = dropFlag(context.args, '--restart')
  let read = 0
  const dependencies: ExportDependencies = {
    createClient: (onRetry) => context.createClient({ onRetry, maxRetries }),
    baseUrl: readBaseUrl(context.options),
    signal: io.signal,
    now: io.now,
    progress: {
      ...reporter,
      start(event) {
        args = setFlag(args, '--from', typeTime(event.range.start))
        if (plan.to) args = setFlag(args, '--to', typeTime(event.range.end))
        reporter.start(event)
      },
      window(event) {
        read = event.read
        reporter.window(event)
      },
    },
  }
  checkOutputPath(plan)
  try {
    if (dryRun) {
      await out.write(previewExport(plan, dependencies.baseUrl, io.now()))
      return exitCodes.done
    }
    const summary = await runExport(plan, dependencies)
    progress.end()
    progress.event('complete', summary)
    return printSummary(summary, messages)
  } catch (error) {
    progress.end()
    if (!io.signal.aborted) throw toResumableError(error, plan, { args, now: io.now() })
    const isTerm = io.signal.reason === 'SIGTERM'
    const exit_code = isTerm ? exitCodes.terminated : exitCodes.interrupted
    const message = `Interrupted; ${plural(read, 'call')} saved.`
    const suggestion = writeCommand(args)
    messages.warn(`${message}\nTo resume: ${suggestion}`)
    const facts = { code: 'interrupted', message, fix: suggestion, request_id: null, exit_code }
    progress.event('error', facts)
    return exit_code
  }
}
