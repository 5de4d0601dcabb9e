import type { FlagSet } from './flag.ts'

export interface CommandArgument {
  /** As in help: `[id...]`; `[path]` is completed as a file. */
  name: string
  help: string
  choices?: readonly string[]
}

/** A command as data; parsing, help and completion derive from it. */
export interface CommandInfo<Flags extends FlagSet = FlagSet> {
  name: string
  /** In the list of commands; starts with a verb, no period. */
  summary: string
  /** What the command does, in one or two sentences. */
  description: string
  /** Command lines that work when pasted. */
  examples: readonly string[]
  arguments?: readonly CommandArgument[]
  flags: Flags
}
