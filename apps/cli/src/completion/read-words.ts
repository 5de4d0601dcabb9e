import type { Argument, Command, Option } from 'commander'
import { topicNames } from '../help/topics.ts'
import { declarationOf } from '../options/flag.ts'

/** What can follow: one of some words, a file, or anything. */
export type Value = readonly string[] | 'file' | 'any'

export interface Flag {
  /** As typed, the long name first. */
  names: readonly string[]
  text: string
  /** Undefined for a flag without a value. */
  value: Value | undefined
}

export interface CommandWords {
  name: string
  text: string
  /** Its own flags and the global ones. */
  flags: readonly Flag[]
  /** One per argument; the last repeats if it takes several. */
  values: readonly Value[]
}

/** Everything that can be typed after `cekura-logs`. */
export interface Words {
  /** Flags that can be before the command. */
  flags: readonly Flag[]
  commands: readonly CommandWords[]
}

const toFlag = (option: Option): Flag => {
  const { long, short, description, flags } = option
  const isValued = option.required || option.optional
  const choices = declarationOf(option)?.choices
  return {
    names: [long, short].filter((name) => name != null),
    text: description,
    value: isValued ? (choices ?? (flags.includes('<path>') ? 'file' : 'any')) : undefined,
  }
}

const flagsOf = (command: Command): Flag[] =>
  command.createHelp().visibleOptions(command).map(toFlag)

/** The words of a command line, read from the commands. */
export function readWords(root: Command): Words {
  const flags = flagsOf(root)
  const names = root.commands.map((command) => command.name())
  const toValue = (argument: Argument): Value => {
    if (argument.name() === 'topic') return [...names, ...topicNames]
    return argument.argChoices ?? (argument.name() === 'path' ? 'file' : 'any')
  }
  return {
    flags,
    commands: root.commands.map((command) => {
      const own = flagsOf(command)
      const taken = new Set(own.flatMap((flag) => flag.names))
      const shared = flags.filter(({ names: [long] }) => long !== '--version' && !taken.has(long!))
      return {
        name: command.name(),
        text: command.summary(),
        flags: [...own, ...shared],
        values: command.registeredArguments.map(toValue),
      }
    }),
  }
}
