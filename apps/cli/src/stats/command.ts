import { defineCommand } from '../options/command.ts'
import { flag } from '../options/flag.ts'
import { agent, from, json, progress, to, tz } from '../options/flags.ts'
import { planStats } from './plan.ts'

export const statsCommand = defineCommand({
  name: 'stats',
  summary: 'Show call statistics',
  description:
    'Show call volume, success rate, duration, ended reasons and metrics of a time range or of an export. Rates exclude calls without an evaluation.',
  examples: [
    'cekura-logs stats --agent 2142 --from 30d',
    'cekura-logs stats calls.parquet',
    'cekura-logs stats calls.ndjson --json | jq .success_rate',
  ],
  arguments: [{ name: '[path]', help: 'Export to read instead of calling the API' }],
  flags: {
    agent,
    from: { ...from, defaultText: '7 days before the end' },
    to,
    format: flag<'table' | 'json'>({
      flag: '--format <format>',
      help: 'Output format',
      group: 'Output',
      choices: ['table', 'json'],
      defaultText: 'table in a terminal, json in a pipe',
    }),
    json,
    tz,
    progress,
  },
  async run(context, options, [path]) {
    const { io } = context
    const plan = planStats(path, { ...options, now: io.now() })
    const format = options.json ? 'json' : (options.format ?? (io.isTTY.stdout ? 'table' : 'json'))
    const { runStats } = await import('./run.ts')
    await runStats(plan, { format, progress: options.progress, zone: options.tz }, context)
  },
})
