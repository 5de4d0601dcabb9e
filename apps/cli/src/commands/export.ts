import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { PiiRule } from '@cekura-kit/call-format'
import { UsageError } from '../command-error.ts'
import {
  agentOption,
  concurrencyOption,
  progressOption,
  fromOption,
  requireAgent,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { exportFormats, type ExportFormat } from '../export/export-formats.ts'
import type { Shard } from '../export/paths.ts'
import type { ExportPlan } from '../export/plan-export.ts'
import { settleMs } from '../export/settle.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { checkRange } from '../settings/check-range.ts'
import { readTime } from '../settings/read-time.ts'
import { wholeNumber } from '../settings/read-values.ts'

const stateGroup = 'State:'
const piiRules = ['keep', 'mask', 'hash', 'drop'] as const satisfies PiiRule[]

function readShard(text: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (shard.index >= 1 && shard.index <= shard.of) return shard
  throw new InvalidArgumentError('give the worker and how many there are, like 1/4')
}

export const createExportCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('export'), {
    summary: 'write every call of a range to a file or a folder',
    text: 'Writes every call of a range, each once. The same command goes on where it stopped; with a later --to it adds what is new and replaces what has changed.',
    examples: [
      'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
      'cekura-logs export --agent 2142 --from 30d --format parquet -o calls.parquet',
      'cekura-logs export --agent 2142 --from 90d --partition day -o lake',
    ],
  })
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('ten minutes ago, when calls have settled'))
    .optionsGroup(groups.calls)
    .addOption(
      new Option(
        '--lookback <time>',
        'how much is read again, for calls that changed; default 3d when --to grows',
      ),
    )
    .optionsGroup(groups.output)
    .addOption(new Option('-o, --output <path>', 'file to write, or folder with --partition day'))
    .addOption(
      new Option('--format <format>', 'ndjson is lossless, csv is safe in a spreadsheet')
        .choices(exportFormats)
        .default('ndjson' as const),
    )
    .addOption(
      new Option('--partition <by>', 'a file, or a folder with a file for each UTC day')
        .choices(['none', 'day'] as const)
        .default('none' as const),
    )
    .addOption(
      new Option('--pii <rule>', 'what becomes of phone numbers, feedback and transcripts')
        .choices(piiRules)
        .default('keep' as const),
    )
    .addOption(
      new Option('--gone <rule>', 'what becomes of calls that the service has no more')
        .choices(['mark', 'drop'] as const)
        .default('mark' as const),
    )
    .addOption(
      new Option('--shard <i/n>', 'the days of worker i of n, for merge').argParser(readShard),
    )
    .optionsGroup(stateGroup)
    .addOption(new Option('--state <path>', 'where the state is kept; default beside the output'))
    .addOption(new Option('--restart', 'throw the state away and begin anew').conflicts('resume'))
    .addOption(new Option('--resume', 'go on or fail; do not begin'))
    .addOption(new Option('--dry-run', 'print what would be read and written'))
    .addOption(
      new Option('--verify', 'read everything again, compare, change nothing').conflicts([
        'dryRun',
        'restart',
      ]),
    )
    .optionsGroup(groups.general)
    .addOption(concurrencyOption())
    .addOption(
      new Option('--page-size <n>', 'calls asked for at a time')
        .argParser(wholeNumber(2))
        .default(100),
    )
    .addOption(progressOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const { now, env } = context.io
      const plan = planExport({ ...options, now: now(), hashKey: env['CEKURA_HASH_KEY'] })
      const { dryRun, verify, progress } = options
      const { runExportCommand } = await import('../export/run-export-command.ts')
      const what = dryRun ? 'plan' : verify ? 'verify' : 'export'
      context.finish(await runExportCommand(what, plan, progress, context))
    })

export interface ExportOptions {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  output?: string | undefined
  format: ExportFormat
  partition: 'none' | 'day'
  pii: PiiRule
  gone: 'mark' | 'drop'
  lookback?: string | undefined
  shard?: Shard | undefined
  state?: string | undefined
  restart?: true | undefined
  resume?: true | undefined
  concurrency: number
  pageSize: number
  hashKey: string | undefined
  now: number
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
const isAbsolute = (time: string): boolean => /^\d{4}-/.test(time)

/** @throws {UsageError} when something is missing or contradicts */
export function planExport(options: ExportOptions): ExportPlan {
  const { from, to, output, format, partition, pii, lookback, shard, now } = options
  if (from === undefined || !output) {
    const missing = [
      ...(options.agent === undefined ? [['--agent', '2142']] : []),
      ...(from === undefined ? [['--from', '30d']] : []),
      ...(!output ? [['--output', partition === 'day' ? 'calls' : `calls.${format}`]] : []),
    ]
    const names = new Intl.ListFormat('en').format(missing.map(([flag]) => flag!))
    throw new UsageError(
      `Cannot export: ${names} ${missing.length > 1 ? 'are' : 'is'} missing; it takes whose calls, from when, and where to write them`,
      missing.flat(),
    )
  }
  if (output === '-')
    throw new UsageError(
      'Cannot export to stdout: an export is gone on with, and what a pipe took is gone; name a file, or let list write to the pipe',
      ['--output', `calls.${format}`],
    )
  if (partition === 'none' && output.endsWith('/'))
    throw new UsageError(`Cannot export: ${output} is a folder, and one file is to be written`, [
      '--output',
      `${output}calls.${format}`,
    ])
  if (shard) {
    if (partition !== 'day')
      throw new UsageError('Cannot export a shard to one file: workers need files of their own', [
        '--partition',
        'day',
      ])
    // Each worker has a now of its own.
    if (!isAbsolute(from) || to === undefined || !isAbsolute(to))
      throw new UsageError(
        'Cannot export a shard of a range that moves: give --from and --to as dates or instants, the same to every worker',
        ['--from', dayOf(readTime('from', from, now)), '--to', dayOf(now)],
      )
    if (pii === 'hash' && !options.hashKey)
      throw new UsageError(
        'Cannot hash in a shard with a key of its own: numbers would differ between shards',
        'export CEKURA_HASH_KEY="$(openssl rand -hex 32)"  # the same for every worker',
      )
  }
  const plan: ExportPlan = {
    agentId: requireAgent('export', options.agent),
    from: readTime('from', from, now),
    to: to === undefined ? undefined : readTime('to', to, now),
    path: output.replace(/(?<=.)\/+$/, ''),
    format,
    partition,
    pii,
    goneCalls: options.gone,
    lookbackMs: lookback === undefined ? undefined : now - readTime('lookback', lookback, now),
    shard,
    state: options.state,
    begin: options.restart ? 'restart' : options.resume ? 'resume' : 'auto',
    concurrency: options.concurrency,
    pageSize: options.pageSize,
  }
  checkRange(
    'export',
    { text: from, time: plan.from },
    { text: to, time: plan.to ?? now - settleMs },
  )
  return plan
}
