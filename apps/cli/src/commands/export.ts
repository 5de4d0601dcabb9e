import { piiRules, type PiiRule } from '@cekura-kit/calls'
import { CekuraError, type CekuraClient } from '@cekura-kit/client'
import { Command, Option } from '@commander-js/extra-typings'
import { exitCodes, UsageError, CommandError, type ExitCode } from '../command-error.ts'
import {
  agentOption,
  concurrencyOption,
  fromOption,
  requireAgent,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { readBaseUrl, type Context } from '../context.ts'
import { clientErrors } from '../describe-error.ts'
import {
  exportFormats,
  runExport,
  type ExportFormat,
  type ExportPlan,
} from '../export/run-export.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { readTime } from '../settings/read-time.ts'
import { writeCommand } from '../write-command.ts'

export const createExportCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('export'), {
    summary: 'write every call of a range to a file',
    text: 'Writes every call of a range to a file, each once. The same command goes on where it stopped; with a later --to it adds what is new.',
    examples: [
      'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
      'cekura-logs export --agent 2142 --from 2026-10-01 --to 2026-11-01 --format csv -o october.csv',
      'cekura-logs export --agent 2142 --from 90d --format parquet --pii hash -o calls.parquet',
    ],
  })
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('ten minutes ago, when calls have settled'))
    .addOption(
      new Option('--lookback <time>', 'how much is read again when --to grows').default('3d'),
    )
    .optionsGroup(groups.output)
    .addOption(new Option('-o, --output <path>', 'file to write; state and manifest lie beside it'))
    .addOption(
      new Option('--format <format>', 'ndjson is lossless, csv is safe in a spreadsheet')
        .choices(exportFormats)
        .default('ndjson' as const),
    )
    .addOption(
      new Option('--pii <rule>', 'what becomes of phone numbers, feedback and transcripts')
        .choices(piiRules)
        .default('keep' as const),
    )
    .addOption(concurrencyOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const plan = planExport({ ...options, now: context.io.now() })
      context.finish(
        await runExportCommand(await context.createClient(), plan, context, options.concurrency),
      )
    })

/** @throws {UsageError} when something is missing or contradicts */
export function planExport(options: {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  output?: string | undefined
  format: ExportFormat
  pii: PiiRule
  lookback: string
  now: number
}): ExportPlan {
  const { from, to, output, format, pii, lookback, now } = options
  if (from === undefined)
    throw new UsageError(
      'Cannot export: --from is missing; it says where the range begins',
      '--from 30d',
    )
  if (output === undefined)
    throw new UsageError(
      'Cannot export: --output is missing; it says which file to write',
      '--output calls.ndjson',
    )
  const plan = {
    agentId: requireAgent('export', options.agent),
    from: readTime('from', from, now),
    to: to === undefined ? undefined : readTime('to', to, now),
    path: output,
    format,
    pii,
    lookbackMs: now - readTime('lookback', lookback, now),
  }
  if (plan.to !== undefined && plan.to <= plan.from)
    throw new UsageError(
      `Cannot export: --to ${to} is not after --from ${from}; swap them`,
      `--to now`,
    )
  return plan
}

const progressMs = 10_000

/** Runs an export for a person: progress and outcome on stderr, nothing on stdout. */
export async function runExportCommand(
  client: CekuraClient,
  plan: ExportPlan,
  context: Context,
  concurrency: number,
): Promise<ExitCode> {
  const { io, err, args } = context
  const again = writeCommand(args)
  let told = io.now()
  try {
    const summary = await runExport(client, plan, {
      baseUrl: readBaseUrl(context),
      signal: io.signal,
      now: io.now,
      concurrency,
      onProgress({ open, done, rows }) {
        if (io.now() - told < progressMs) return
        told = io.now()
        err.note(`${rows} calls, ${done} of ${done + open} windows`)
      },
    })
    const { calls, windows, unstable, began, path } = summary
    const how = {
      new: '',
      resumed: ' Resumed.',
      extended: ' Extended.',
      unchanged: ' Nothing new.',
    }
    err.note(`${calls} calls in ${windows} windows: ${path}.${how[began]}`)
    if (unstable === 0) return exitCodes.done
    err.warn(
      `${unstable} windows of a second changed while they were read; the manifest names them.`,
    )
    return exitCodes.unstable
  } catch (error) {
    if (io.signal.aborted) {
      err.warn(`Interrupted; what was read is kept. To go on: ${again}`)
      return io.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted
    }
    if (CekuraError.is(error)) {
      const { exitCode } = clientErrors[error.code]
      if (
        exitCode !== exitCodes.resumable &&
        error.code !== 'not_found' &&
        error.code !== 'invalid_response'
      )
        throw error
      throw new CommandError(`${error.message.replace(/\.$/, '')}. What was read is kept`, {
        code: error.code,
        exitCode: exitCodes.resumable,
        fix: again,
        requestId: error.requestId,
      })
    }
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error
    throw new CommandError(`Cannot write ${plan.path}: ${message}. What was read is kept`, {
      code: 'disk',
      exitCode: exitCodes.resumable,
      fix: `free space or give another --output, then go on: ${again}`,
    })
  }
}
