import { UsageError } from '../errors/command-error.ts'
import { suggestName } from '../errors/did-you-mean.ts'
import { defineCommand } from '../options/command.ts'
import { formatCommandHelp, formatRootHelp, helpScreen } from './format-help.ts'
import { topicNames, topics } from './topics.ts'

export const helpCommand = defineCommand({
  name: 'help',
  summary: 'Show help for a command or topic',
  description: `Show help for a command or topic: ${topicNames.join(', ')}.`,
  examples: ['cekura-logs help export', 'cekura-logs help exit-codes', 'cekura-logs help flags'],
  arguments: [{ name: '[topic]', help: 'Command or topic' }],
  flags: {},
  async run({ out, io, commands }, _options, [name]) {
    const screen = helpScreen(io)
    if (name === undefined) return out.write(formatRootHelp(commands, screen))
    const topic = topics.get(name)
    if (topic) return out.write(`${topic(screen, commands).join('\n\n')}\n`)
    const command = commands.find((each) => each.name === name)
    if (command) return out.write(formatCommandHelp(command, screen))
    throw new UsageError(
      `Unknown help topic "${name.slice(0, 80)}". ${suggestName(name, [...commands.map((each) => each.name), ...topicNames])}`,
      'cekura-logs --help',
    )
  },
})
