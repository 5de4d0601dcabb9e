import { UsageError } from '../errors/command-error.ts'
import { suggestName } from '../errors/did-you-mean.ts'
import { defineCommand } from '../options/command.ts'
import { helpScreen } from './format-help.ts'
import { topicNames, topics } from './topics.ts'

export const helpCommand = defineCommand({
  name: 'help',
  summary: 'Show help for a command or topic',
  description: `Show help for a command or topic: ${topicNames.join(', ')}.`,
  examples: ['cekura-logs help export', 'cekura-logs help exit-codes', 'cekura-logs help flags'],
  arguments: [{ name: '[topic]', help: 'Command or topic' }],
  flags: {},
  async run({ out, io, command }, _options, [name]) {
    const root = command.parent!
    const topic = topics.get(name ?? '')
    if (topic) return out.write(`${topic(helpScreen(io), root).join('\n\n')}\n`)
    const about = name === undefined ? root : root.commands.find((each) => each.name() === name)
    if (about) return out.write(about.helpInformation())
    const known = [...root.commands.map((each) => each.name()), ...topicNames]
    throw new UsageError(
      `Unknown help topic "${name!.slice(0, 80)}". ${suggestName(name!, known)}`,
      'cekura-logs --help',
    )
  },
})
