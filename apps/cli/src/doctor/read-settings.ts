import { homedir } from 'node:os'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { Command } from 'commander'
import { findKeySource } from '../config/api-key.ts'
import type { Context } from '../context.ts'
import { configName, declarationOf } from '../options/flag.ts'
import { environmentName, optionsOf } from '../options/option-sources.ts'

/** A setting as a command would use it. */
export interface Setting {
  name: string
  /** Safe to share: no key, no home folder; null if nothing is set. */
  value: string | null
  /** The flag, variable or configuration file that sets it; null for the default. */
  source: string | null
}

/** A path with `~` for the home folder, which often has a person's name. */
export function shortPath(path: string, home = homedir()): string {
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

/** A URL without parts that can hold a password or a token. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'not a URL'
  const { origin, pathname } = new URL(text)
  return pathname === '/' ? origin : `${origin}${pathname}`
}

type OwnedOption = ReturnType<typeof optionsOf>[number]

function shownValue({ option, owner }: OwnedOption): string | null {
  const name = configName(option)
  const value: unknown = owner.getOptionValue(option.attributeName())
  if (name === 'api-url') return shownUrl(String(value ?? defaultBaseUrl))
  if (value === undefined)
    return declarationOf(option).defaultText ?? (option.isBoolean() ? 'false' : null)
  if (name === 'api-key-file') return shortPath(String(value))
  if (name === 'timeout') return Number(value) % 1000 ? `${value}ms` : `${Number(value) / 1000}s`
  return String(value)
}

/** Options that can be set permanently, each name once. */
function settableOptions(command: Command): OwnedOption[] {
  const others = command.parent?.commands.flatMap((each) => optionsOf(each)) ?? []
  const byName = new Map<string, OwnedOption>()
  for (const each of [...optionsOf(command), ...others])
    if (environmentName(each.option) !== undefined && !byName.has(configName(each.option)))
      byName.set(configName(each.option), each)
  return [...byName.values()]
}

function sourceOf({ option, owner }: OwnedOption, configPath: string): string | null {
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

/** Every setting and its source. Never the key. */
export function readSettings(command: Command, { config, io, options }: Context): Setting[] {
  const isTyped = command.parent?.getOptionValueSource('apiKeyFile') === 'cli'
  const keySource = findKeySource({ file: options.apiKeyFile, isTyped }, io.env)
  const settings = settableOptions(command).map((each): Setting => ({
    name: configName(each.option),
    value: shownValue(each),
    source: sourceOf(each, config.path),
  }))
  return [
    { name: 'api-key', value: keySource ? 'set' : null, source: keySource ?? null },
    ...settings.filter(({ name, value }) => name !== 'api-key-file' || value !== '$CEKURA_API_KEY'),
    { name: 'config', value: config.exists ? shortPath(config.path) : null, source: null },
  ]
}
