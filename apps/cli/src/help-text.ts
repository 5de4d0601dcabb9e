import { Help, type CommandUnknownOpts } from '@commander-js/extra-typings'

/** What the help of a command says besides its flags. */
export interface CommandText {
  /** In the list of commands; a few words without a full stop. */
  summary: string
  /** What the command does, in one or two sentences. */
  text: string
  /** Command lines that can be run as they are. */
  examples: readonly string[]
}

/** Columns that a description needs beside its flag; with fewer it stands below. */
const minTextWidth = 30
const below = ' '.repeat(6)

/** Help that can be read on a narrow screen too. */
export const narrowHelp = {
  minWidthToWrap: 20,
  formatItem(this: Help, term: string, termWidth: number, text: string, helper: Help): string {
    const width = this.helpWidth ?? 80
    if (width - termWidth - 4 >= minTextWidth || !text)
      return Help.prototype.formatItem.call(this, term, termWidth, text, helper)
    const lines = helper.boxWrap(text, width - below.length).split('\n')
    return [`  ${term.trimEnd()}`, ...lines.map((line) => `${below}${line}`)].join('\n')
  },
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
