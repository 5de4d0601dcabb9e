import { parseArgs } from 'node:util'
import { UsageError } from '../errors/command-error.ts'
import { findSimilar } from '../errors/did-you-mean.ts'
import { writeCommand } from '../errors/suggestion.ts'
import type { CommandInfo } from './command-info.ts'
import { partsOf, type Flag } from './flag.ts'
import { globalFlags, programFlags } from './flags.ts'

/** A command line in parts; values are not read yet. */
export interface CommandLine<Command = CommandInfo> {
  /** Undefined for help or version of the program. */
  command: Command | undefined
  args: readonly string[]
  /** The words with the name of the command first, for suggestions. */
  words: readonly string[]
  /** Texts by the flag's name, in order. */
  typed: ReadonlyMap<string, readonly string[]>
}

/** Every flag that a command takes. */
export const flagsOf = (command: CommandInfo | undefined): Flag[] =>
  [command?.flags ?? {}, globalFlags, programFlags].flatMap((set) => Object.values(set))

const quoted = (text: string): string => `"${text.slice(0, 80)}"`
const helpOf = (command: CommandInfo | undefined): string =>
  `cekura-logs ${command ? `${command.name} ` : ''}--help`

/** An unknown command or flag, with the most similar one in its place. */
function unknownName(
  [kind, given]: readonly [kind: string, given: string],
  names: readonly string[],
  help: string,
): UsageError {
  const similar = findSimilar(given, names)
  if (similar === undefined) return new UsageError(`Unknown ${kind} ${quoted(given)}.`, help)
  return new UsageError(`Unknown ${kind} ${quoted(given)}. Did you mean "${similar}"?`, (args) =>
    writeCommand(
      args.map((arg) => (arg.split('=', 1)[0] === given ? arg.replace(given, similar) : arg)),
    ),
  )
}

/**
 * Splits a command line. Flags can be before and after the name of the command.
 *
 * @throws {UsageError} if a command or flag is unknown, a flag lacks its value, or there are more
 *   arguments than the command takes
 */
export function parseCommandLine<Command extends CommandInfo>(
  words: readonly string[],
  commands: readonly Command[],
): CommandLine<Command> {
  // No name of a flag takes a value in one command and none in another.
  const options = Object.fromEntries(
    [...commands.flatMap(flagsOf), ...flagsOf(undefined)].map((flag) => {
      const { name, short, value } = partsOf(flag)
      const type = value === undefined ? ('boolean' as const) : ('string' as const)
      return [name, short === undefined ? { type } : { type, short }]
    }),
  )
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options,
    strict: false,
    tokens: true,
  })
  const [name, ...args] = positionals
  const command = commands.find((each) => each.name === name)
  if (name !== undefined && !command)
    throw unknownName(
      ['command', name],
      commands.map((each) => each.name),
      helpOf(undefined),
    )
  const typed = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const flag = flagsOf(command).find((each) => partsOf(each).name === token.name)
    if (!flag)
      throw unknownName(
        ['flag', token.rawName],
        flagsOf(command).map((each) => partsOf(each).long),
        helpOf(command),
      )
    const { long, value } = partsOf(flag)
    if (value !== undefined && token.value === undefined)
      throw new UsageError(`${long} needs a value: <${value}>.`, helpOf(command))
    typed.set(token.name, [...(typed.get(token.name) ?? []), token.value ?? 'true'])
  }
  const taken = command?.arguments ?? []
  const extra = taken.at(-1)?.name.endsWith('...]') ? undefined : args[taken.length]
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument ${quoted(extra)}.`, helpOf(command))
  const at = tokens.find(({ kind }) => kind === 'positional')?.index ?? 0
  return {
    command,
    args,
    typed,
    words: [...words.slice(at, at + 1), ...words.toSpliced(at, 1)],
  }
}
