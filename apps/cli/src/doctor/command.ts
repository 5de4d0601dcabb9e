import { defineCommand } from '../options/command.ts'
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
  flags: { agent: { ...agent, group: 'API', help: 'Agent whose calls are requested' }, json },
  async run(context, options) {
    const { runDoctor } = await import('./run.ts')
    return runDoctor(options, context)
  },
})
