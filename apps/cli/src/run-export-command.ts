import { CekuraError } from '@cekura-kit/client'
import { CommandError, exitCodes, type ExitCode } from './command-error.ts'
import { readBaseUrl, type Context } from './context.ts'
import { clientErrors } from './describe-error.ts'
import { runExport, type ExportPlan } from './export/run-export.ts'
import { createProgress, type ProgressMode } from './terminal/progress.ts'
import { writeCommand } from './write-command.ts'

const how = {
  new: '',
  resumed: ' Resumed.',
  extended: ' Extended.',
  unchanged: ' Nothing new.',
}

/** A failure of the service that the same command can go on after. */
const isResumable = (error: CekuraError): boolean =>
  clientErrors[error.code].exitCode === exitCodes.resumable ||
  error.code === 'not_found' ||
  error.code === 'invalid_response'

/** What stopped an export, with the command that goes on. */
function describeStop(error: unknown, path: string, again: string): unknown {
  if (CekuraError.is(error))
    return isResumable(error)
      ? new CommandError(`${error.message.replace(/\.$/, '')}. What was read is kept`, {
          code: error.code,
          exitCode: exitCodes.resumable,
          fix: again,
          requestId: error.requestId,
        })
      : error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error
  return new CommandError(`Cannot write ${path}: ${message}. What was read is kept`, {
    code: 'disk',
    exitCode: exitCodes.resumable,
    fix: `free space or give another --output, then go on: ${again}`,
  })
}

/** Runs an export: progress and outcome on stderr, nothing on stdout. */
export async function runExportCommand(
  plan: ExportPlan,
  context: Context,
  { concurrency, progress: mode }: { concurrency: number; progress: ProgressMode },
): Promise<ExitCode> {
  const { io, err, args } = context
  const again = writeCommand(args)
  const progress = createProgress(err, mode, io.now)
  const client = await context.createClient(({ attempts, code, delayMs }) =>
    progress.event('retry', { attempt: attempts, code, delay_ms: delayMs }),
  )
  try {
    progress.event('start', { agent_id: plan.agentId, path: plan.path, format: plan.format })
    const summary = await runExport(client, plan, {
      baseUrl: readBaseUrl(context),
      signal: io.signal,
      now: io.now,
      concurrency,
      onProgress: (count) =>
        progress.update(() => {
          const { open, done, rows } = count()
          return { share: done / (done + open), counts: { calls: rows, windows: done } }
        }),
    })
    progress.end()
    const { calls, windows, unstable, began, path } = summary
    progress.event('complete', { calls, windows, unstable, began, path })
    err.note(`${calls} calls in ${windows} windows: ${path}.${how[began]}`)
    if (unstable === 0) return exitCodes.done
    err.warn(
      `${unstable} windows of a second changed while they were read; the manifest names them.`,
    )
    return exitCodes.unstable
  } catch (error) {
    progress.end()
    if (!io.signal.aborted) throw describeStop(error, plan.path, again)
    err.warn(`Interrupted; what was read is kept. To go on: ${again}`)
    return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
  }
}
