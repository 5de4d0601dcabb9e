import { flag, flagWithDefault, toggle } from '../options/flag.ts'
import { agent, concurrency, from, progress, showPii, to } from '../options/flags.ts'
import { integer } from '../options/read-values.ts'
import { exportFormats, type ExportFormat } from './write/paths.ts'

/** How an export handles personal data. */
const exportPii = ['mask', 'drop', 'keep'] as const
export type ExportPii = (typeof exportPii)[number]

export const exportFlags = {
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
    help: 'File to write',
    group: 'Output',
  }),
  format: flag<ExportFormat>({
    flag: '--format <format>',
    help: 'File format',
    group: 'Output',
    choices: exportFormats,
    defaultText: 'by the extension of --output, else ndjson',
  }),
  pii: flagWithDefault<ExportPii>({
    flag: '--pii <rule>',
    help: 'How to handle personal data',
    group: 'Output',
    choices: exportPii,
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
  restart: toggle({
    flag: '--restart',
    help: 'Discard saved progress and start over',
    group: 'State',
  }),
  dryRun: toggle({
    flag: '--dry-run',
    help: 'Print what would be read and written',
    group: 'State',
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
}
