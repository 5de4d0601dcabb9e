import { InvalidArgumentError, type Option } from 'commander'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import type { Io } from '../io.ts'

const names = new WeakMap<object, string>()

/**
 * Lets an option be set by an environment variable, and by its own name in the configuration file.
 * Not commander's `env()`, which reads the process and knows no file.
 */
export function fromEnvironment<Given extends object>(option: Given, name: string): Given {
  names.set(option, name)
  return option
}

export const environmentName = (option: object): string | undefined => names.get(option)

/** Name of an option in the configuration file: the flag without its dashes. */
export const configName = (option: Option): string => option.long!.slice(2)

/** Every option that can be set for a command, its own first. */
export const optionsOf = (
  command: CommandUnknownOpts,
): { option: Option; owner: CommandUnknownOpts }[] => {
  const own = command.options.map((option) => ({ option: option as Option, owner: command }))
  return command.parent ? [...own, ...optionsOf(command.parent)] : own
}

function readBoolean(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (/^(0|false|no|off)$/i.test(text)) return false
  throw new InvalidArgumentError('give true or false')
}

function readValue(option: Option, text: string, origin: string): unknown {
  try {
    if (option.isBoolean()) return readBoolean(text)
    return option.parseArg ? option.parseArg(text, undefined) : text
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new UsageError(
      `Cannot use ${origin} "${text.slice(0, 80)}" for ${option.long}: ${error.message}`,
      'cekura-logs doctor',
      'config',
    )
  }
}

/**
 * Fills the options that the command line left open: environment before configuration file before
 * default. A value that cannot be used is told to `onProblem` and left out.
 */
export function fillOptions(
  command: CommandUnknownOpts,
  env: Io['env'],
  config: { path: string; values: Readonly<Record<string, string>> },
  onProblem: (error: unknown) => void,
): void {
  for (const { option, owner } of optionsOf(command)) {
    const name = names.get(option)
    const attribute = option.attributeName()
    const source = owner.getOptionValueSource(attribute)
    if (name === undefined || (source !== undefined && source !== 'default')) continue
    const inEnv = env[name]?.trim()
    const inConfig = config.values[configName(option)]
    try {
      if (inEnv) owner.setOptionValueWithSource(attribute, readValue(option, inEnv, name), 'env')
      else if (inConfig !== undefined)
        owner.setOptionValueWithSource(
          attribute,
          readValue(option, inConfig, config.path),
          'config',
        )
    } catch (error) {
      onProblem(error)
    }
  }
}
