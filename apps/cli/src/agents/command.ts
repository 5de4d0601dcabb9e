import type { Agent } from '@cekura-kit/types'
import { defineCommand } from '../options/command.ts'
import { outputFlags } from '../options/flags.ts'
import { nonEmptyString } from '../options/read-values.ts'

const tableFields: readonly (keyof Agent)[] = ['id', 'name', 'project', 'language', 'updated_at']

export const agentsCommand = defineCommand({
  name: 'agents',
  summary: 'List agents',
  description:
    'List the agents that the API key can access, with their ids; --json has all their fields. Prompts and credentials are never shown.',
  examples: [
    'cekura-logs agents',
    'cekura-logs agents --search "Front desk"',
    'cekura-logs agents --fields id,name --format csv',
  ],
  flags: {
    search: {
      flag: '--search <text>',
      help: 'Only agents whose name matches',
      group: 'Filters',
      parse: nonEmptyString,
    },
    ...outputFlags,
  },
  async run(context, options) {
    const { writeRecords } = await import('../output/write-records.ts')
    const { agents } = await context.createClient()
    const found = agents.list({ q: options.search }, { signal: context.io.signal })
    const output = { operation: 'agents.list', name: 'agents', tableFields } as const
    await writeRecords(context, options, output, found)
  },
})
