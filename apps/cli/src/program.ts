import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { Option } from 'commander'
import { createCompletionCommand } from './commands/completion.ts'
import { createDoctorCommand } from './commands/doctor.ts'
import { createExportCommand } from './commands/export.ts'
import { createGetCommand } from './commands/get.ts'
import { createHelpCommand } from './commands/help.ts'
import { createListCommand } from './commands/list.ts'
import { createMergeCommand } from './commands/merge.ts'
import { createSqlCommand } from './commands/sql.ts'
import { createStatsCommand } from './commands/stats.ts'
import type { ContextOf } from './context-of.ts'
import { createRoot, groups } from './global-options.ts'
import { environmentName } from './settings/option-sources.ts'
import { createStyle } from './terminal/color.ts'
import { helpWidthOf, narrowHelp } from './help-text.ts'

export interface Screen {
  width: number
  isColored: boolean
  write(text: string): void
}

const describeOption = (option: Option): string => {
  const name = environmentName(option)
  const extra = [
    ...(option.argChoices ? [option.argChoices.join(', ')] : []),
    ...(option.defaultValue === undefined ? [] : [`default ${String(option.defaultValue)}`]),
    ...(name === undefined ? [] : [`env ${name}`]),
  ]
  return `${option.description}${extra.length > 0 ? ` (${extra.join('; ')})` : ''}`
}

const createHelpOption = (): Option =>
  new Option('-h, --help', 'this text').helpGroup(groups.general)

/** Every command and flag there is. Building it reads nothing and writes nothing. */
export function createProgram(
  contextOf: ContextOf,
  version: string,
  screen: Screen,
): CommandUnknownOpts {
  const style = createStyle(screen.isColored)
  const root: CommandUnknownOpts = createRoot()
  root
    .exitOverride()
    .configureOutput({
      writeOut: screen.write,
      // Errors are told by ours, in one place.
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(screen.width, 100),
      getOutHasColors: () => screen.isColored,
    })
    .configureHelp({
      showGlobalOptions: true,
      optionDescription: describeOption as never,
      // Choices are told by the description.
      argumentDescription: ({ description }) => description,
      styleTitle: (text) =>
        style('bold', text === 'Global Options:' ? 'Flags of every command:' : text),
      ...narrowHelp,
    })
    .helpCommand(false)
    .version(version, '--version', 'the version')
    .addHelpOption(createHelpOption())
    .addHelpText(
      'before',
      () => `${root.createHelp().boxWrap('Call logs of AI voice agents in a terminal.', helpWidthOf(root))}

Examples:
  cekura-logs list --agent 2142 --from 7d
  cekura-logs export --agent 2142 --from 30d -o calls.ndjson
  cekura-logs sql calls.ndjson "SELECT status, count(*) FROM calls GROUP BY 1"
`,
    )
    .addHelpText('after', '\nMore: cekura-logs help exit-codes|environment|formats')
  for (const create of [
    createListCommand,
    createGetCommand,
    createExportCommand,
    createMergeCommand,
    createStatsCommand,
    createSqlCommand,
    createDoctorCommand,
    createCompletionCommand,
    createHelpCommand,
  ]) {
    const command: CommandUnknownOpts = create(contextOf)
    command.copyInheritedSettings(root)
    command.addHelpOption(createHelpOption())
    root.addCommand(command)
  }
  return root
}
