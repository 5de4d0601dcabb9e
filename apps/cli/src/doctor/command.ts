import { defineCommand } from '../options/command.ts'
import { flag } from '../options/flag.ts'
import { agent, json } from '../options/flags.ts'

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Show settings and test the connection',
  description: 'Show each setting and its source (never the key), then fetch one call.',
  examples: [
    'cekura-logs doctor --agent 2142',
    'cekura-logs doctor --agent 2142 --json',
    'cekura-logs doctor --agent 2142 --api-url http://127.0.0.1:4010',
  ],
  flags: {
    agent,
    format: flag<'table' | 'json'>({
      flag: '--format <format>',
      help: 'Output format',
      group: 'Output',
      choices: ['table', 'json'],
      defaultText: 'table',
    }),
    json,
  },
  async run(context, options) {
    const { runDoctor } = await import('./run.ts')
    const isJson = options.json === true || options.format === 'json'
    await runDoctor(isJson ? 'json' : 'table', context)
  },
})
