import { join } from 'node:path'
import { CekuraError, type CekuraErrorCode } from '@cekura-kit/client'
import { formatClientError, suggestFix } from '../client-error-message.ts'
import { CommandError, exitCodes, type ExitCode } from '../command-error.ts'
import { readBaseUrl, type Context } from '../context.ts'
import { number, plural } from '../terminal/plural.ts'
import { createProgress, type Progress, type ProgressMode } from '../terminal/progress.ts'
import { formatTime } from '../settings/read-time.ts'
import { dropFlag, quote, withFlag, writeCommand } from '../write-command.ts'
import { checkPlace } from './check-place.ts'
import { withExactIntegers } from './exact-integers.ts'
import { iso } from './instant.ts'
import { isDiskError, isSystemError } from './ledger.ts'
import { planPaths } from './paths.ts'
import type { ExportPlan } from './plan-export.ts'
import { runExport, type ExportProgress, type ExportRim, type ExportSummary } from './run-export.ts'
import { tellPlan, type PlanReport } from './tell-plan.ts'
import { verifyExport, type Verdict } from './verify-export.ts'
import { DiskError } from './write-files.ts'

/** Failures after which the same command can go on. */
const resumable: ReadonlySet<CekuraErrorCode> = new Set([
  'connection',
  'timeout',
  'rate_limit',
  'server',
  'not_found',
  'invalid_response',
])

/** A failing service is asked more patiently than by a person at a prompt. */
const maxRetries = 5

const began: Record<ExportSummary['began'], string> = {
  new: '',
  resumed: ' Resumed.',
  extended: ' Extended.',
  refreshed: ' Read again.',
  unchanged: ' Nothing new.',
}

/** What the same command would fail at again is asked for differently. */
const easier: Readonly<Partial<Record<CekuraErrorCode, (args: readonly string[]) => string>>> = {
  timeout: (args) => withFlag(args, '--timeout', '2m'),
  rate_limit: (args) => withFlag(args, '--max-rps', '1'),
}

type Telling = Pick<Context['err'], 'note' | 'warn'>
const silent: Telling = { note: () => {}, warn: () => {} }

function tellSummary(summary: ExportSummary, err: Telling): ExitCode {
  const { calls, windows, files, unstable, quarantined, path } = summary
  err.note(
    `${plural(calls, 'call')} in ${plural(windows, 'window')}: ${path}.${began[summary.began]}`,
  )
  if (summary.began !== 'unchanged')
    err.note(
      `${number(summary.new)} new, ${number(summary.changed)} changed, ${number(summary.unchanged)} unchanged, ${number(summary.gone)} gone; ${plural(files, 'file')} written.`,
    )
  if (unstable > 0)
    err.warn(
      `${plural(unstable, 'window')} of a second changed while being read; the manifest names them, and the same command reads them again.`,
    )
  if (quarantined > 0)
    err.warn(
      `${plural(quarantined, 'row')} without an id or a time that can be read: not in the export, kept in the quarantine file.`,
    )
  return unstable > 0 || quarantined > 0 ? exitCodes.unstable : exitCodes.done
}

function tellVerdict(
  verdict: Verdict,
  err: Telling,
  { args, root }: { args: readonly string[]; root: string },
): ExitCode {
  const { calls, broken } = verdict
  const kinds = ['missing', 'gone', 'changed'] as const
  err.note(`${plural(calls, 'call')} compared.`)
  for (const kind of kinds)
    if (verdict[kind].length > 0)
      err.warn(
        `${verdict[kind].length} ${kind}: ${verdict[kind].slice(0, 10).join(', ')}${verdict[kind].length > 10 ? ', …' : ''}`,
      )
  for (const name of broken) err.warn(`${name} is not what was written`)
  const isSame = kinds.every((kind) => verdict[kind].length === 0)
  if (broken.length === 0 && isSame) {
    err.note('The export holds what the service holds.')
    return exitCodes.done
  }
  const begun = dropFlag(args, '--verify')
  const again = isSame ? writeCommand(begun) : withFlag(begun, '--lookback', '3650d')
  // A file of the right size is taken for whole unless it is gone.
  const files = broken.map((name) => quote(join(root, name))).join(' ')
  if (broken.length === 0) err.warn(`To take the differences in: ${again}`)
  else err.warn(`To write anew what is not as it was: rm -f ${files} && ${again}`)
  return exitCodes.unstable
}

const planLines = (plan: PlanReport): string =>
  [
    `begins: ${plan.began}`,
    `range: ${plan.from} to ${plan.to}`,
    ...plan.read.map(({ from, to }) => `reads: ${from} to ${to}`),
    `calls: ${plan.calls === null ? 'unknown (the API sends no count)' : `about ${plan.calls}, by the API's count`}`,
    `requests: ${plan.min_requests === null ? 'unknown' : `at least ${plan.min_requests}`} (concurrency ${plan.concurrency})`,
    `output: ${plan.output}`,
    `manifest: ${plan.manifest}`,
    `state: ${plan.state}`,
    '',
  ].join('\n')

/** A failure of the disk with its path; undefined when it is another. */
function diskReport(error: unknown, plan: ExportPlan): { path: string; why: string } | undefined {
  if (error instanceof DiskError) return { path: error.path, why: error.message }
  if (isDiskError(error)) return { path: planPaths(plan).state, why: (error as Error).message }
  if (!isSystemError(error)) return undefined
  const { message, path = planPaths(plan).state } = error as NodeJS.ErrnoException
  return { path, why: message }
}

const ends = ({ start, end }: { start: number; end: number }) => ({
  from: iso(start),
  to: iso(end),
})

/** What an export tells, as events for a program and a share for a person. */
const tellProgress = (progress: Progress, { note }: Telling): ExportProgress => ({
  start({ began: how, range, calls }) {
    progress.event('start', { began: how, ...ends(range), calls })
    note(`Window: ${formatTime(range.start)} to ${formatTime(range.end)} (UTC).`)
    // Something to look at before the first answer.
    progress.update(() => ({ share: 0, counts: { calls: 0 } }))
  },
  window({ window, calls, read, expected }) {
    progress.event('window', {
      ...ends(window),
      calls,
      read,
      expected: expected === undefined ? null : Math.round(expected),
    })
    if (expected === undefined) return
    const share = read + expected === 0 ? 1 : read / (read + expected)
    progress.update(() => ({ share, counts: { calls: read } }))
  },
  retry: ({ code, attempt, delayMs, concurrency }) =>
    progress.event('retry', { code, attempt, delay_ms: delayMs, concurrency }),
})

/** Runs, plans or verifies an export for a person: progress and outcome on stderr. */
export async function runExportCommand(
  what: 'export' | 'plan' | 'verify',
  plan: ExportPlan,
  mode: ProgressMode,
  context: Context,
): Promise<ExitCode> {
  const { io, err, out, args } = context
  const begun = dropFlag(args, '--restart')
  const again = writeCommand(begun)
  const progress = createProgress(err, mode, io)
  // A program reads events and nothing else.
  const telling = mode === 'json' ? silent : err
  const rim: ExportRim = {
    createClient: (hooks) =>
      context.createClient({
        hooks,
        maxRetries,
        concurrency: plan.concurrency,
        wrapFetch: withExactIntegers,
      }),
    baseUrl: readBaseUrl(context),
    hashKey: io.env['CEKURA_HASH_KEY'] || undefined,
    signal: io.signal,
    now: io.now,
    progress: tellProgress(progress, telling),
  }
  checkPlace(plan)
  try {
    if (what === 'plan') {
      await out.write(planLines(await tellPlan(plan, rim)))
      return exitCodes.done
    }
    if (what === 'verify') {
      const verdict = await verifyExport(plan, rim)
      progress.end()
      progress.event('complete', verdict)
      return tellVerdict(verdict, telling, { args, root: planPaths(plan).root })
    }
    const summary = await runExport(plan, rim)
    progress.end()
    progress.event('complete', summary)
    return tellSummary(summary, telling)
  } catch (error) {
    progress.end()
    if (io.signal.aborted) {
      const message = 'Interrupted; what was read is kept.'
      const isTerm = io.signal.reason === 'SIGTERM'
      const exit_code = isTerm ? exitCodes.terminated : exitCodes.interrupted
      telling.warn(`${message}\nTo go on: ${again}`)
      const code = 'interrupted'
      progress.event('error', { code, message, fix: again, request_id: null, exit_code })
      return exit_code
    }
    if (CekuraError.is(error) && resumable.has(error.code)) {
      throw new CommandError(
        `${formatClientError(error).replace(/\.$/, '')}. What was read is kept`,
        {
          code: error.code,
          exitCode: exitCodes.resumable,
          fix: CekuraError.hasReason(error, 'response_too_large')
            ? withFlag(args, '--page-size', '10')
            : (suggestFix(error, begun) ?? easier[error.code]?.(begun) ?? again),
          requestId: error.requestId,
        },
      )
    }
    const disk = diskReport(error, plan)
    if (!disk) throw error
    throw new CommandError(
      `Cannot write ${disk.path}: ${disk.why}. What was read is kept, and so are the files of the last run`,
      {
        code: 'disk',
        exitCode: exitCodes.resumable,
        fix: `${again}  # once it can be written to, or with another --output`,
      },
    )
  }
}
