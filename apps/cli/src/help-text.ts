import type { CommandUnknownOpts } from '@commander-js/extra-typings'

/** What the help of a command says besides its flags. */
export interface CommandText {
  /** In the list of commands; a few words without a full stop. */
  summary: string
  /** What the command does, in one or two sentences. */
  text: string
  /** Command lines that can be run as they are. */
  examples: readonly string[]
}

/** Columns of help; a terminal is asked anew each time. */
export const helpWidthOf = (command: CommandUnknownOpts): number =>
  command.configureOutput().getOutHelpWidth!()

/** Help that begins with what a command is for and how it is called. */
export function describeCommand<Given extends CommandUnknownOpts>(
  command: Given,
  { summary, text, examples }: CommandText,
): Given {
  command.summary(summary)
  command.addHelpText(
    'before',
    () =>
      `${command.createHelp().boxWrap(text, helpWidthOf(command))}\n\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`,
  )
  command.addHelpText('after', '\nExit codes: cekura-logs help exit-codes')
  return command
}
