import { UsageError } from '../errors/command-error.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { defineCommand } from '../options/command.ts'
import { toggle } from '../options/flag.ts'
import { describeTopic, topicNames } from './topics.ts'

export const helpCommand = defineCommand({
  name: 'help',
  summary: 'Show help for a command or topic',
  description: `Show help for a command or topic: ${topicNames.join(', ')}.`,
  examples: ['cekura-logs help export', 'cekura-logs help exit-codes', 'cekura-logs help --all'],
  arguments: [{ name: '[topic]', help: 'Command or topic' }],
  flags: {
    all: toggle({ flag: '--all', help: 'Show every command and flag', group: 'General' }),
  },
  async run({ out, command }, { all }, [topic]) {
    const root = command.parent!
    if (all) {
      root.outputHelp()
      for (const each of root.commands) {
        await out.write(
          `\n${'─'.repeat(Math.min(72, root.configureOutput().getOutHelpWidth!()))}\n\n`,
        )
        each.outputHelp()
      }
      await out.write(`\n${describeTopic('flags', root)}`)
      return
    }
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
