import { Option } from 'commander'
import { UsageError, type Suggestion } from '../errors/command-error.ts'
import { findSimilar } from '../errors/did-you-mean.ts'
import { InvalidValueError } from './read-values.ts'

export type FlagGroup = 'Filters' | 'Limits' | 'Output' | 'State' | 'Requests' | 'API' | 'General'

/** A flag, declared once: parsing, help, completion, `doctor` and the config file derive from it. */
export interface Flag<Value = unknown> {
  /** As in help: `--agent <id>`. Values of `<path>` are completed as files. */
  flag: string
  /** A noun phrase without a period. */
  help: string
  group: FlagGroup
  /** Environment variable with the same value. The config file has it under the flag's name. */
  env?: string
  /** @throws {InvalidValueError} */
  parse?: (text: string) => Value
  choices?: readonly (string & Value)[]
  default?: Value
  /** Default that the program decides later, for help and `doctor`. */
  defaultText?: string
  /** Whether the flag can be given several times. */
  isList?: boolean
  /** Kept in suggestions, because it chooses the API, the key or the agent. */
  isConnection?: boolean
  /** Flags that cannot be combined with this one. */
  conflicts?: readonly string[]
}

export type FlagSet = Readonly<Record<string, Flag<never> | Flag>>

type ValueOf<Given> =
  Given extends Flag<infer Value>
    ? Given extends { default: unknown }
      ? Value
      : Value | undefined
    : never
/** Parsed values by the flag's name in camelCase. */
export type OptionsOf<Flags extends FlagSet> = { [Name in keyof Flags]: ValueOf<Flags[Name]> }

/** Declares a flag whose value may be missing. */
export const flag = <const Value>(declaration: Flag<Value>): Flag<Value> => declaration
/** Declares a flag with a default. */
export const flagWithDefault = <const Value>(
  declaration: Flag<Value> & { default: Value },
): Flag<Value> & { default: Value } => declaration
/** Declares a flag without a value. */
export const toggle = (declaration: Flag<boolean>): Flag<boolean> => declaration

const declarations = new WeakMap<Option, Flag>()
export const declarationOf = (option: Option): Flag => declarations.get(option)!

/** The name of a flag without dashes: its key in the config file. */
export const configName = (option: Option): string => option.long!.slice(2)

function readBoolean(text: string): boolean {
  const name = text.toLowerCase()
  if (['1', 'true', 'yes', 'on'].includes(name)) return true
  if (['0', 'false', 'no', 'off'].includes(name)) return false
  throw new InvalidValueError('true or false')
}

function parseChoice(choices: readonly string[], text: string): string {
  if (choices.includes(text)) return text
  throw new InvalidValueError(`one of ${choices.join(', ')}`, findSimilar(text, choices))
}

/**
 * A value of a flag, typed or from elsewhere.
 *
 * @param source the flag, variable or file that has the value
 * @throws {UsageError}
 */
export function parseValue(option: Option, text: string, source: string): unknown {
  const { parse, choices, isList } = declarationOf(option)
  const parseOne = (part: string): unknown =>
    choices ? parseChoice(choices, part) : parse ? parse(part) : part
  try {
    if (option.isBoolean()) return readBoolean(text)
    return isList ? text.split(',').map((part) => parseOne(part.trim())) : parseOne(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    const isFlag = source === option.long
    const { expected, similar } = error
    const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`
    const fix = similar === undefined ? helpSuggestion : [option.long!, similar]
    throw new UsageError(
      `Invalid ${source} "${text.slice(0, 80)}"${isFlag ? '' : ` for ${option.long}`}: expected ${expected}.${hint}`,
      isFlag ? fix : 'cekura-logs help environment',
      isFlag ? 'usage' : 'config',
    )
  }
}

/** Help of the command as typed. */
const helpSuggestion: Suggestion = (args) => {
  const command = args.find((arg) => !arg.startsWith('-'))
  return `cekura-logs ${command === undefined ? '' : `${command} `}--help`
}

/** A declared flag for the option parser. */
export function createOption(declaration: Flag): Option {
  const option = new Option(declaration.flag)
  declarations.set(option, declaration)
  if (declaration.default !== undefined) option.default(declaration.default)
  if (!option.isBoolean())
    option.argParser((text: string, previous: unknown) => {
      const value = parseValue(option, text, option.long!)
      const isFirst = !declaration.isList || !Array.isArray(previous)
      return isFirst ? value : [...(previous as unknown[]), ...(value as unknown[])]
    })
  return option
}
