import { UsageError } from '../errors/command-error.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { defineCommand } from '../options/command.ts'
import { describeTopic, topicNames } from './topics.ts'

export const helpCommand = defineCommand({
  name: 'help',
  summary: 'Show help for a command or topic',
  description: `Show help for a command or topic: ${topicNames.join(', ')}.`,
  examples: ['cekura-logs help export', 'cekura-logs help exit-codes', 'cekura-logs help flags'],
  arguments: [{ name: '[topic]', help: 'Command or topic' }],
  flags: {},
  async run({ out, command }, _options, [topic]) {
    const root = command.parent!
    const found = describeTopic(topic ?? '', root)
    if (found !== undefined) {
      await out.write(found)
      return
    }
    const about = topic === undefined ? root : root.commands.find((each) => each.name() === topic)
    if (about) {
      about.outputHelp()
      return
    }
    const known = [...root.commands.map((each) => each.name()), ...topicNames]
    const hint = didYouMean(topic!, known).replace(/^\./, '') || ` Available: ${known.join(', ')}.`
    throw new UsageError(
      `Unknown help topic "${topic!.slice(0, 80)}".${hint}`,
      'cekura-logs --help',
    )
  },
})
