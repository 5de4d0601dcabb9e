import type { Context } from '../context.ts'
import type { ExitCode } from '../errors/command-error.ts'
import type { CommandInfo } from './command-info.ts'
import type { FlagSet, OptionsOf } from './flag.ts'

/** A command and what runs it. */
export interface CommandDeclaration<Flags extends FlagSet = FlagSet> extends CommandInfo<Flags> {
  /** @returns the exit code, if it is not 0 */
  run(
    context: Context,
    options: OptionsOf<Flags>,
    args: readonly string[],
  ): Promise<ExitCode | void>
}

/** Declares a command with the types of its flags. */
export const defineCommand = <const Flags extends FlagSet>(
  declaration: CommandDeclaration<Flags>,
): CommandDeclaration<Flags> => declaration
