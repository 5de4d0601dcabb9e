import { comparisons } from '@cekura-kit/call-format'
import { defineCommand } from '../options/command.ts'
import { agent, from, json, to, tz } from '../options/flags.ts'
import { planStats } from './plan.ts'

export const statsCommand = defineCommand({
  name: 'stats',
  summary: 'Show call statistics',
  description:
    'Show call volume, success rate, duration, ended reasons and metrics of a time range. Rates exclude calls without an evaluation.',
  examples: [
    'cekura-logs stats --agent 2142 --from 30d',
    'cekura-logs stats --agent 2142 --compare previous --by topic',
    'cekura-logs stats --agent 2142 --json | jq .success_rate',
  ],
  flags: {
    agent,
    from: { ...from, defaultText: '7 days before the end' },
    to,
    compare: {
      flag: '--compare <period>',
      help: 'Compare with the period before, or the same hours a week earlier',
      group: 'Filters',
      choices: comparisons,
    },
    by: {
      flag: '--by <dimension>',
      help: 'Break the calls down, largest change of the success rate first',
      group: 'Output',
      choices: ['topic', 'reason', 'dropoff', 'hour'],
    },
    json: { ...json, defaultText: 'in a pipe' },
    tz,
  },
  async run(context, options) {
    const plan = planStats({ ...options, now: context.io.now() })
    const { runStats } = await import('./run.ts')
    await runStats(plan, options.json ?? !context.io.isTTY.stdout, context)
  },
})
