import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { homedir } from 'node:os'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { Context } from '../context.ts'
import { configName, environmentName, optionsOf } from '../settings/option-sources.ts'
import { findKeySource } from '../settings/read-key.ts'

/** A value as a command would use it. */
export interface Setting {
  name: string
  /** As it may be shown to others: no key, no home folder; null when nothing is set. */
  value: string | null
  /** The flag, the variable, or the configuration file that sets it; null for the default. */
  source: string | null
}

/** A path with `~` for the home folder, whose name is often a person's. */
export function shortPath(path: string, home = homedir()): string {
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** An address without what a password or a token can hide in. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'not a URL'
  const { origin, pathname } = new URL(text)
  return pathname === '/' ? origin : `${origin}${pathname}`
}

/** What is done when nothing is set, where commander does not know it. */
const defaults: Readonly<Record<string, string>> = {
  timeout: '30s',
  'max-retries': '2, export 5',
  quiet: 'false',
  debug: 'false',
}

function shownValue(name: string, value: string | null): string | null {
  if (name === 'api-url') return shownUrl(value ?? defaultBaseUrl)
  if (value === null) return defaults[name] ?? null
  if (name === 'api-key-file') return shortPath(value)
  if (name === 'timeout') return Number(value) % 1000 ? `${value}ms` : `${Number(value) / 1000}s`
  return value
}

/** The options of the command and of all others that can be set for good, each name once. */
function settableOptions(command: CommandUnknownOpts): ReturnType<typeof optionsOf> {
  const others = command.parent?.commands.flatMap((each) => optionsOf(each)) ?? []
  const byName = new Map<string, (typeof others)[number]>()
  for (const each of [...optionsOf(command), ...others])
    if (environmentName(each.option) !== undefined && !byName.has(configName(each.option)))
      byName.set(configName(each.option), each)
  return [...byName.values()]
}

function sourceOf(
  { option, owner }: ReturnType<typeof optionsOf>[number],
  configPath: string,
): string | null {
  switch (owner.getOptionValueSource(option.attributeName())) {
    case 'cli':
      return option.long ?? null
    case 'env':
      return environmentName(option) ?? null
    case 'config':
      return shortPath(configPath)
    default:
      return null
  }
}

/** Every setting of the service and of this program, and who sets it. Never the key. */
export function readSettings(command: CommandUnknownOpts, context: Context): Setting[] {
  const { config, io, options } = context
  const keySource = findKeySource(
    {
      file: options.apiKeyFile,
      fileSource: command.parent?.getOptionValueSource('apiKeyFile'),
    },
    io.env,
  )
  const settings = settableOptions(command).map(({ option, owner }): Setting => {
    const name = configName(option)
    const given: unknown = owner.getOptionValue(option.attributeName())
    const value = shownValue(name, given === undefined ? null : String(given))
    return { name, value, source: sourceOf({ option, owner }, config.path) }
  })
  return [
    { name: 'api-key', value: keySource ? 'set' : null, source: keySource ?? null },
    ...settings,
    { name: 'config', value: config.isThere ? shortPath(config.path) : null, source: null },
  ]
}
