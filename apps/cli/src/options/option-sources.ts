import type { Command, Option } from 'commander'
import type { Io } from '../io.ts'
import { configName, declarationOf, parseValue } from './flag.ts'

/** Every declared option of a command, its own first, then the global ones. */
export const optionsOf = (command: Command): { option: Option; owner: Command }[] => {
  const own = command.options.map((option) => ({ option, owner: command }))
  const all = command.parent ? [...own, ...optionsOf(command.parent)] : own
  return all.filter(({ option }) => declarationOf(option) !== undefined)
}

/** The environment variable of an option. */
export const environmentName = (option: Option): string | undefined => declarationOf(option)?.env

/**
 * Fills the options that are not on the command line: environment before configuration file before
 * default.
 *
 * @throws {UsageError} at an invalid value
 */
export function fillOptions(
  command: Command,
  env: Io['env'],
  config: { path: string; values: Readonly<Record<string, string>> },
): void {
  for (const { option, owner } of optionsOf(command)) {
    const name = environmentName(option)
    const attribute = option.attributeName()
    const source = owner.getOptionValueSource(attribute)
    if (name === undefined || (source !== undefined && source !== 'default')) continue
    const inEnv = env[name]?.trim()
    const inConfig = config.values[configName(option)]
    const set = (text: string, origin: string, kind: string): void =>
      void owner.setOptionValueWithSource(attribute, parseValue(option, text, origin), kind)
    if (inEnv) set(inEnv, name, 'env')
    else if (inConfig !== undefined) set(inConfig, config.path, 'config')
  }
}
