import { Argument, Command } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import type { ContextOf } from '../context-of.ts'
import { describeCommand } from '../help-text.ts'
import { describeTopic, topicNames } from '../help-topics.ts'

export const createHelpCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('help'), {
    summary: 'help for a command, or about exit-codes, environment, formats',
    text: 'Tells about a command or a topic: exit-codes, environment, formats.',
    examples: ['cekura-logs help export', 'cekura-logs help exit-codes'],
  })
    .addArgument(new Argument('[topic]', 'a command or a topic'))
    .action(async (topic, _options, command) => {
      const { out } = contextOf(command)
      const root = command.parent!
      const found = describeTopic(topic ?? '', root)
      if (found !== undefined) {
        await out.write(found)
        return
      }
      const about = topic === undefined ? root : root.commands.find((each) => each.name() === topic)
      if (!about)
        throw new UsageError(
          `Cannot help with "${topic!.slice(0, 80)}": there are ${[...root.commands.map((each) => each.name()), ...topicNames].join(', ')}`,
          'cekura-logs --help',
        )
      about.outputHelp()
    })
