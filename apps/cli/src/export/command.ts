import type { PiiRule } from '@cekura-kit/call-format'
import { defineCommand } from '../options/command.ts'
import { flag, flagWithDefault, toggle } from '../options/flag.ts'
import { agent, concurrency, from, progress, showPii, to } from '../options/flags.ts'
import { integer, InvalidValueError } from '../options/read-values.ts'
import { planExport } from './plan.ts'
import { exportFormats, type ExportFormat, type Shard } from './write/paths.ts'

function readShard(text: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (shard.index >= 1 && shard.index <= shard.of) return shard
  throw new InvalidValueError('a worker and the number of workers such as 1/4')
}

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Export all calls in a time range',
  description:
    'Export every call in a time range exactly once. Rerun the same command to resume; when it is finished, rerun it to add new and changed calls. Earlier calls stay.',
  examples: [
    'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
    'cekura-logs export --agent 2142 --from 30d -o calls.parquet',
    'cekura-logs export --agent 2142 --from 90d --partition day -o lake',
  ],
  flags: {
    agent,
    from,
    to: { ...to, defaultText: '10 minutes ago, so late evaluations are included' },
    lookback: flag<string>({
      flag: '--lookback <time>',
      help: 'Re-read this much of the exported range to pick up changes',
      group: 'Filters',
      defaultText: '3d if the range grows',
    }),
    output: flag<string>({
      flag: '-o, --output <path>',
      help: 'File to write, or folder with --partition day',
      group: 'Output',
    }),
    format: flag<ExportFormat>({
      flag: '--format <format>',
      help: 'File format',
      group: 'Output',
      choices: exportFormats,
      defaultText: 'by the extension of --output, else ndjson',
    }),
    partition: flagWithDefault<'none' | 'day'>({
      flag: '--partition <by>',
      help: 'One file, or a folder with a file per UTC day',
      group: 'Output',
      choices: ['none', 'day'],
      default: 'none',
    }),
    pii: flagWithDefault<PiiRule>({
      flag: '--pii <rule>',
      help: 'How to handle personal data',
      group: 'Output',
      choices: ['mask', 'hash', 'drop', 'keep'],
      default: 'mask',
    }),
    showPii: { ...showPii, help: 'Same as --pii keep', conflicts: ['--pii'] },
    deleted: flagWithDefault<'mark' | 'drop'>({
      flag: '--deleted <rule>',
      help: 'How to handle calls deleted upstream',
      group: 'Output',
      choices: ['mark', 'drop'],
      default: 'mark',
    }),
    shard: flag<Shard>({
      flag: '--shard <i/n>',
      help: 'Export only share i of n; combine with merge',
      group: 'Output',
      parse: readShard,
    }),
    state: flag<string>({
      flag: '--state <path>',
      help: 'Progress file',
      group: 'State',
      defaultText: 'next to the output',
    }),
    restart: toggle({
      flag: '--restart',
      help: 'Discard saved progress and start over',
      group: 'State',
      conflicts: ['--resume'],
    }),
    resume: toggle({
      flag: '--resume',
      help: 'Resume only; fail if there is nothing to resume',
      group: 'State',
    }),
    dryRun: toggle({
      flag: '--dry-run',
      help: 'Print what would be read and written',
      group: 'State',
    }),
    verify: toggle({
      flag: '--verify',
      help: 'Compare the export with the API; write nothing',
      group: 'State',
      conflicts: ['--dry-run', '--restart'],
    }),
    concurrency,
    pageSize: flagWithDefault<number>({
      flag: '--page-size <n>',
      help: 'Calls per request',
      group: 'Requests',
      parse: integer(2),
      default: 100,
    }),
    progress,
  },
  async run(context, options) {
    const { now, env } = context.io
    const pii = options.showPii ? 'keep' : options.pii
    const plan = planExport({ ...options, pii, now: now(), hashKey: env['CEKURA_HASH_KEY'] })
    const { runExportCommand } = await import('./run.ts')
    const action = options.dryRun ? 'preview' : options.verify ? 'verify' : 'export'
    context.finish(await runExportCommand(action, plan, options.progress, context))
  },
})
