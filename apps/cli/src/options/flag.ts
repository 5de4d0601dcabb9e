import { suggestHelp, UsageError } from '../errors/command-error.ts'
import { findSimilar } from '../errors/did-you-mean.ts'
import type { Io } from '../io.ts'
import { InvalidValueError } from './read-values.ts'

export type FlagGroup = 'Filters' | 'Limits' | 'Output' | 'State' | 'Requests' | 'API' | 'General'

/** A flag, declared once: parsing, help, completion, `doctor` and the config file derive from it. */
export interface Flag {
  /** As in help: `--agent <id>`. Values of `<path>` are completed as files. */
  flag: string
  /** A noun phrase without a period. */
  help: string
  group: FlagGroup
  /** Environment variable with the same value. */
  env?: string
  /** Whether the config file can have it under its name; default: with a variable. */
  isInConfig?: boolean
  /** @throws {InvalidValueError} */
  parse?: (text: string) => unknown
  choices?: readonly string[]
  default?: unknown
  /** Default that the program decides later, for help and `doctor`. */
  defaultText?: string
  /** Several values, separated by commas or with the flag repeated; each counts once. */
  isList?: boolean
  /** Kept in suggestions, because it chooses the API, the key or the agent. */
  isConnection?: boolean
}

export type FlagSet = Readonly<Record<string, Flag>>

/** One value of a flag: a choice, what `parse` returns, or text; a toggle without `<…>` is a boolean. */
type PartOf<Given extends Flag> = Given extends { choices: readonly (infer Choice)[] }
  ? Choice
  : Given extends { parse: (text: string) => infer Value }
    ? Value
    : Given['flag'] extends `${string}<${string}`
      ? string
      : boolean
type ValueOf<Given extends Flag> =
  | (Given extends { isList: true } ? PartOf<Given>[] : PartOf<Given>)
  | (Given extends { default: unknown } ? never : undefined)
/** Parsed values by the flag's name in camelCase. */
export type OptionsOf<Flags extends FlagSet> = { [Name in keyof Flags]: ValueOf<Flags[Name]> }

/** `-o, --output <path>` in parts; without a value, the flag is a toggle. */
export function partsOf({ flag: text }: Pick<Flag, 'flag'>) {
  const [, short, name = '', value] = /^(?:-(\w), )?--([\w-]+)(?: <(.+)>)?$/.exec(text)!
  return { short, name, long: `--${name}`, value }
}

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

/** A value of a flag, with the flag, variable or file that has it. @throws {UsageError} */
function parseValue(flag: Flag, text: string, source: string): unknown {
  const { parse, choices, isList } = flag
  const { long, value } = partsOf(flag)
  const parseOne = (part: string): unknown =>
    choices ? parseChoice(choices, part) : parse ? parse(part) : part
  try {
    if (value === undefined) return readBoolean(text)
    return isList ? text.split(',').map((part) => parseOne(part.trim())) : parseOne(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    const isFlag = source === long
    const { expected, similar } = error
    const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`
    const fix = similar === undefined ? suggestHelp : [long, similar]
    throw new UsageError(
      `Invalid ${source} "${text.slice(0, 80)}"${isFlag ? '' : ` for ${long}`}: expected ${expected}.${hint}`,
      isFlag ? fix : 'cekura-logs help environment',
      isFlag ? 'usage' : 'config',
    )
  }
}

/** The configuration file. */
export interface Config {
  /** Undefined without a file. */
  path: string | undefined
  values: Readonly<Record<string, string>>
}

/** Where values come from, the first before the next; then the default. */
export interface ValueSources {
  typed: ReadonlyMap<string, readonly string[]>
  env: Io['env']
  config: Config
}

/** The value of a flag, and the flag, variable or file that sets it. */
export interface Setting {
  value: unknown
  source: string | undefined
}

/** What sets a flag, and its texts. */
function findTexts(flag: Flag, { typed, env, config }: ValueSources) {
  const { name, long } = partsOf(flag)
  const texts = typed.get(name)
  if (texts) return { source: long, texts }
  const inEnv = flag.env === undefined ? undefined : env[flag.env]?.trim()
  if (inEnv) return { source: flag.env!, texts: [inEnv] }
  const inConfig = isConfigurable(flag) ? config.values[name] : undefined
  return inConfig === undefined ? undefined : { source: config.path!, texts: [inConfig] }
}

/** @throws {UsageError} if a value is invalid */
export function readSetting(flag: Flag, sources: ValueSources): Setting {
  const found = findTexts(flag, sources)
  if (!found) return { value: flag.default, source: undefined }
  const { source, texts } = found
  const values = texts.map((text) => parseValue(flag, text, source))
  return { value: flag.isList ? [...new Set(values.flat())] : values.at(-1), source }
}

/** Whether the config file can set it. */
export const isConfigurable = ({ env, isInConfig = env !== undefined }: Flag): boolean => isInConfig

/** The values of flags by their name in camelCase. @throws {UsageError} */
export const readOptions = <Flags extends FlagSet>(
  flags: Flags,
  sources: ValueSources,
): OptionsOf<Flags> =>
  Object.fromEntries(
    Object.entries(flags).map(([key, flag]) => [key, readSetting(flag as Flag, sources).value]),
  ) as OptionsOf<Flags>
