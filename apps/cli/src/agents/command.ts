import { defineCommand } from '../options/command.ts'
import { flag } from '../options/flag.ts'
import { chooseFormat, fields, format, json, tz } from '../options/flags.ts'
import { nonEmptyString } from '../options/read-values.ts'

export const agentsCommand = defineCommand({
  name: 'agents',
  summary: 'List agents',
  description:
    'List the agents that the API key can access, with their ids. Prompts and credentials are never shown.',
  examples: [
    'cekura-logs agents',
    'cekura-logs agents --search "Front desk"',
    'cekura-logs agents --fields id,name --format csv',
  ],
  flags: {
    search: flag<string>({
      flag: '--search <text>',
      help: 'Only agents whose name matches',
      group: 'Filters',
      parse: nonEmptyString,
    }),
    format,
    json,
    fields,
    tz,
  },
  async run(context, options) {
    const { writeRecords } = await import('../output/write-records.ts')
    const { signal, isTTY } = context.io
    const { agents } = await context.createClient()
    const output = { ...options, format: chooseFormat(options, isTTY.stdout), zone: options.tz }
    const found = agents.list({ q: options.search }, { signal })
    await writeRecords('agents.list', found, { ...output, name: 'agents' }, context)
  },
})
