import type { FlagSet } from '../options/flag.ts'
import { agent, concurrency, from, json, showPii, to } from '../options/flags.ts'
import { duration, integer } from '../options/read-values.ts'
import { exportFormats } from './write/paths.ts'

export const exportFlags = {
  agent,
  from,
  to: { ...to, defaultText: '10 minutes ago, so late evaluations are included' },
  lookback: {
    flag: '--lookback <duration>',
    help: 'Re-read this much of the exported range to pick up changes',
    group: 'Filters',
    parse: duration,
    defaultText: '3d if the range grows',
  },
  output: { flag: '-o, --output <path>', help: 'File to write', group: 'Output' },
  format: {
    flag: '--format <format>',
    help: 'File format',
    group: 'Output',
    choices: exportFormats,
    defaultText: 'by the extension of --output, else ndjson',
  },
  pii: {
    flag: '--pii <rule>',
    help: 'How to handle personal data',
    group: 'Output',
    choices: ['mask', 'drop', 'keep'],
    defaultText: 'mask',
  },
  showPii: { ...showPii, help: 'Same as --pii keep' },
  deleted: {
    flag: '--deleted <rule>',
    help: 'How to handle calls deleted upstream',
    group: 'Output',
    choices: ['mark', 'drop'],
    default: 'mark',
  },
  restart: { flag: '--restart', help: 'Discard saved progress and start over', group: 'State' },
  dryRun: { flag: '--dry-run', help: 'Print what would be read and written', group: 'State' },
  concurrency,
  pageSize: {
    flag: '--page-size <n>',
    help: 'Calls per request',
    group: 'Requests',
    parse: integer(2),
    default: 100,
  },
  json: { ...json, help: 'Print the manifest as one JSON document' },
} as const satisfies FlagSet
