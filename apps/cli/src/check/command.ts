import { defineCommand } from '../options/command.ts'
import { agent, from, json, to, tz } from '../options/flags.ts'
import { duration, percent } from '../options/read-values.ts'
import { planCheck } from './plan.ts'

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Check calls against limits',
  description:
    'Check the calls of a time range against limits, for cron and CI. Exits with 1 and one line per breach, and with 6 if a limit has fewer than 30 calls and is not checked.',
  examples: [
    'cekura-logs check --agent 2142 --min-success 70',
    'cekura-logs check --agent 2142 --from 24h --min-success 70 --max-p90 10m',
    'cekura-logs check --agent 2142 --max-p90 10m --json',
  ],
  flags: {
    agent,
    from: { ...from, defaultText: '24 hours before the end' },
    to,
    minSuccess: {
      flag: '--min-success <percent>',
      help: 'Minimum success rate of evaluated calls, such as 70',
      group: 'Limits',
      parse: percent,
    },
    maxP90: {
      flag: '--max-p90 <time>',
      help: 'Maximum duration of nine in ten calls, such as 10m',
      group: 'Limits',
      parse: duration,
    },
    json,
    tz,
  },
  async run(context, options) {
    const plan = planCheck({ ...options, now: context.io.now() })
    const { runCheck } = await import('./run.ts')
    return runCheck(plan, options, context)
  },
})
