import { Command, type Option } from 'commander'
import { agentsCommand } from './agents/command.ts'
import { checkCommand } from './check/command.ts'
import { completionCommand } from './completion/command.ts'
import type { Context } from './context.ts'
import { doctorCommand } from './doctor/command.ts'
import { UsageError } from './errors/command-error.ts'
import { findSimilar } from './errors/did-you-mean.ts'
import { dropFlag, writeCommand } from './errors/suggestion.ts'
import { exportCommand } from './export/command.ts'
import { getCommand } from './get/command.ts'
import { helpCommand } from './help/command.ts'
import { formatCommandHelp, formatRootHelp } from './help/format-help.ts'
import { listCommand } from './list/command.ts'
import { metricsCommand } from './metrics/command.ts'
import type { CommandDeclaration } from './options/command.ts'
import { createOption, declarationOf, type Flag } from './options/flag.ts'
import { globalFlags } from './options/flags.ts'
import { sendCommand } from './send/command.ts'
import { statsCommand } from './stats/command.ts'
import type { Screen } from './terminal/format-table.ts'

/** Every command, in the order of help. */
export const commands = [
  listCommand,
  getCommand,
  statsCommand,
  checkCommand,
  exportCommand,
  sendCommand,
  agentsCommand,
  metricsCommand,
  doctorCommand,
  completionCommand,
  helpCommand,
] as unknown as readonly CommandDeclaration[]

const longOf = (option: Option): string => option.long ?? option.short!

/** A command whose errors are ours, from the option parser's data. */
class CliCommand extends Command {
  override createCommand(name?: string): Command {
    return new CliCommand(name)
  }

  unknownOption(given: string): never {
    // What follows = may be secret.
    const name = given.split('=', 1)[0]!
    const words: readonly string[] = (this.parent ?? this).args
    const command = this.commands.find((each) => words.includes(each.name()))
    if (command?.options.some(({ long, short }) => name === long || name === short))
      throw new UsageError(
        `${name} is a flag of ${command.name()}; put it after the command.`,
        (args) => {
          const at = args.indexOf(command.name())
          return writeCommand([command.name(), ...args.slice(0, at), ...args.slice(at + 1)])
        },
      )
    const known = [...this.options, ...(this.parent?.options ?? [])].map(longOf)
    const similar = findSimilar(name, known)
    throw new UsageError(
      `Unknown flag ${name}.${similar ? ` Did you mean ${similar}?` : ''}`,
      similar
        ? (args) =>
            writeCommand(
              args.map((arg) => (arg.split('=', 1)[0] === name ? arg.replace(name, similar) : arg)),
            )
        : helpOf(this),
    )
  }

  unknownCommand(): never {
    const [name = ''] = this.args
    const similar = findSimilar(
      name,
      this.commands.map((each) => each.name()),
    )
    throw new UsageError(
      `Unknown command "${name.slice(0, 80)}".${similar ? ` Did you mean "${similar}"?` : ''}`,
      similar
        ? (args) => writeCommand(args.map((arg) => (arg === name ? similar : arg)))
        : 'cekura-logs --help',
    )
  }

  optionMissingArgument(option: Option): never {
    throw new UsageError(
      `${longOf(option)} needs a value: ${option.flags.split(/[ ,|]+/).at(-1)}.`,
      helpOf(this),
    )
  }
}

const helpOf = (command: Command): string =>
  `cekura-logs ${command.parent ? `${command.name()} ` : ''}--help`

/** @throws {UsageError} if two flags contradict, or there are more arguments than the command takes */
function checkUsage(command: Command): void {
  const set = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  for (const option of set)
    for (const name of declarationOf(option)?.conflicts ?? [])
      if (set.some(({ long }) => long === name))
        throw new UsageError(`${option.long} and ${name} cannot be combined.`, (args) =>
          writeCommand(dropFlag(args, name)),
        )
  const taken = command.registeredArguments
  const extra = taken.at(-1)?.variadic ? undefined : command.args[taken.length]
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument "${extra.slice(0, 80)}".`, helpOf(command))
}

function createCommand(
  declaration: CommandDeclaration,
  contextOf: (command: Command) => Context,
): Command {
  const { name, flags, run } = declaration
  const command = new CliCommand(name)
  for (const { name: term, choices } of declaration.arguments ?? []) {
    const argument = command.createArgument(term)
    if (choices) argument.argChoices = [...choices]
    command.addArgument(argument)
  }
  for (const each of Object.values(flags)) command.addOption(createOption(each as Flag))
  return command.action(async () => {
    checkUsage(command)
    const context = contextOf(command)
    const { agent } = command.opts<{ agent?: number | string }>()
    if (typeof agent === 'string') {
      const { findAgent } = await import('./agents/find-agent.ts')
      command.setOptionValue('agent', await findAgent(agent, context))
    }
    await run(context, command.opts() as never, command.args)
  })
}

/** Every command and flag. Creating it has no effects. */
export function createProgram(
  contextOf: (command: Command) => Context,
  version: string,
  screen: Screen & { write(text: string): void },
): Command {
  const root = new CliCommand('cekura-logs')
  for (const each of Object.values(globalFlags)) root.addOption(createOption(each as Flag))
  root
    .allowExcessArguments()
    .exitOverride()
    // Errors are reported in one place.
    .configureOutput({ writeOut: screen.write, writeErr: () => {}, getOutHasColors: () => true })
    .configureHelp({ formatHelp: () => formatRootHelp(commands, screen) })
    .helpCommand(false)
    .version(version, '--version')
    .helpOption('-h, --help')
  for (const declaration of commands) {
    const command = createCommand(declaration, contextOf)
      .copyInheritedSettings(root)
      .configureHelp({ formatHelp: () => formatCommandHelp(declaration, screen) })
      .helpOption('-h, --help')
    root.addCommand(command)
  }
  return root
}
