import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import type { Argument, Option } from 'commander'
import { topicNames } from '../help-topics.ts'

/** What may follow: words to choose from, a file, or something nobody can guess. */
export type Value = readonly string[] | 'file' | 'free'

/** A flag as the shells know it. */
export interface Flag {
  /** As typed, the long one first. */
  names: readonly string[]
  text: string
  /** Undefined when it takes none. */
  value: Value | undefined
}

export interface CommandWords {
  name: string
  text: string
  /** Its own flags and those that every command takes. */
  flags: readonly Flag[]
  /** One an argument, in their order; the last repeats when it takes several. */
  values: readonly Value[]
}

/** Everything that can be typed after `cekura-logs`. */
export interface Words {
  /** Flags that may stand before the command. */
  flags: readonly Flag[]
  commands: readonly CommandWords[]
}

function toFlag({ long, short, description, flags, argChoices }: Option): Flag {
  const takesValue = /[<[]/.test(flags)
  return {
    names: [long, short].filter((name) => name != null),
    text: description,
    value: takesValue ? (argChoices ?? (/<path>/.test(flags) ? 'file' : 'free')) : undefined,
  }
}

const flagsOf = (command: CommandUnknownOpts): Flag[] =>
  command
    .createHelp()
    .visibleOptions(command as never)
    .map(toFlag)

/** The words of a command line, read from the commands themselves, so that none is forgotten. */
export function readWords(root: CommandUnknownOpts): Words {
  const flags = flagsOf(root)
  const names = root.commands.map((command) => command.name())
  const toValue = (argument: Argument): Value =>
    argument.name() === 'topic'
      ? [...names, ...topicNames]
      : (argument.argChoices ?? (argument.name() === 'path' ? 'file' : 'free'))
  return {
    flags,
    commands: root.commands.map((command) => {
      const own = flagsOf(command)
      const taken = new Set(own.flatMap((flag) => flag.names))
      const shared = flags.filter(
        ({ names: [long] }) => long !== '--version' && !taken.has(long ?? ''),
      )
      return {
        name: command.name(),
        text: command.summary(),
        flags: [...own, ...shared],
        values: command.registeredArguments.map(toValue),
      }
    }),
  }
}
