import type { Context } from '../context.ts'
import type { FlagSet, OptionsOf } from './flag.ts'

export interface CommandArgument {
  /** As in help: `[id...]`; `[path]` is completed as a file. */
  name: string
  help: string
  choices?: readonly string[]
}

/** A command as data; the program, help and completion derive from it. */
export interface CommandDeclaration<Flags extends FlagSet = FlagSet> {
  name: string
  /** In the list of commands; starts with a verb, no period. */
  summary: string
  /** What the command does, in one or two sentences. */
  description: string
  /** Command lines that work when pasted. */
  examples: readonly string[]
  arguments?: readonly CommandArgument[]
  flags: Flags
  run(context: Context, options: OptionsOf<Flags>, args: readonly string[]): Promise<void>
}

/** Declares a command with the types of its flags. */
export const defineCommand = <const Flags extends FlagSet>(
  declaration: CommandDeclaration<Flags>,
): CommandDeclaration<Flags> => declaration
