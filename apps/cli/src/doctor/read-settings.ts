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
export const shortPath = (path: string, home = homedir()): string =>
  home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path

type OwnedOption = ReturnType<typeof optionsOf>[number]

function shownValue({ option, owner }: OwnedOption): string | null {
  const value: unknown = owner.getOptionValue(option.attributeName())
  const byDefault = declarationOf(option).defaultText ?? (option.isBoolean() ? 'false' : null)
  switch (configName(option)) {
    case 'api-url': {
      // A query or credentials can hold a secret.
      const url = URL.parse(String(value ?? defaultBaseUrl))
      return url ? `${url.origin}${url.pathname}`.replace(/\/$/, '') : 'not a URL'
    }
    case 'timeout':
      return value === undefined ? byDefault : `${Number(value) / 1000}s`
    default:
      return value === undefined ? byDefault : shortPath(String(value))
  }
}

function sourceOf({ option, owner }: OwnedOption, configPath: string): string | null {
  const names: Record<string, string | undefined> = {
    cli: option.long,
    env: environmentName(option),
    config: shortPath(configPath),
  }
  return names[owner.getOptionValueSource(option.attributeName()) ?? ''] ?? null
}

/** Every setting that can be set permanently, and its source. Never the key. */
export function readSettings(command: Command, { config, io, options }: Context): Setting[] {
  const isTyped = command.parent?.getOptionValueSource('apiKeyFile') === 'cli'
  const keySource = findKeySource({ file: options.apiKeyFile, isTyped }, io.env) ?? null
  const settings = new Map<string, Setting>([
    ['api-key', { name: 'api-key', value: keySource && 'set', source: keySource }],
  ])
  for (const each of [command, ...command.parent!.commands].flatMap(optionsOf)) {
    const name = configName(each.option)
    if (environmentName(each.option) === undefined || settings.has(name)) continue
    if (name === 'api-key-file' && options.apiKeyFile === undefined) continue
    settings.set(name, { name, value: shownValue(each), source: sourceOf(each, config.path) })
  }
  const configPath = config.exists ? shortPath(config.path) : null
  return [...settings.values(), { name: 'config', value: configPath, source: null }]
}
