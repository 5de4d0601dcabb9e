import { Argument, Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand, helpWidthOf } from '../help-text.ts'
import { describeTopic, topicNames } from '../help-topics.ts'

export const createHelpCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('help'), {
    summary: 'help for a command, or about exit-codes, environment, formats',
    text: 'Tells about a command or a topic: exit-codes, environment, formats.',
    examples: ['cekura-logs help export', 'cekura-logs help exit-codes', 'cekura-logs help --all'],
  })
    .addArgument(new Argument('[topic]', 'a command or a topic'))
    .optionsGroup(groups.general)
    .addOption(new Option('--all', 'every command and flag'))
    .action(async (topic, { all }, command) => {
      const { out } = contextOf(command)
      const root = command.parent!
      if (all) {
        root.outputHelp()
        for (const each of root.commands) {
          // Those of every command have been told.
          each.configureHelp({ ...each.configureHelp(), showGlobalOptions: false })
          await out.write(`\n${'─'.repeat(helpWidthOf(root))}\n\n`)
          each.outputHelp()
        }
        return
      }
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
