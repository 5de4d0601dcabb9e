import { homedir } from 'node:os'
import { defaultBaseUrl } from '@cekura-kit/types'
import { findKeySource } from '../config/api-key.ts'
import type { Context } from '../context.ts'
import { isConfigurable, partsOf, readSetting, type Flag } from '../options/flag.ts'
import { globalFlags } from '../options/flags.ts'

/** A setting as a command would use it. */
export interface ShownSetting {
  name: string
  /** Safe to share: no key, no home folder; null if nothing is set. */
  value: string | null
  /** The flag, variable or configuration file that sets it; null for the default. */
  source: string | null
}

/** A path with `~` for the home folder, which often has a person's name. */
export const shortPath = (path: string, home = homedir()): string =>
  home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path

function showValue(flag: Flag, value: unknown): string | null {
  const { name, value: term } = partsOf(flag)
  if (name === 'api-url') {
    // A query or credentials can hold a secret.
    const url = URL.parse(String(value ?? defaultBaseUrl))
    return url ? `${url.origin}${url.pathname}`.replace(/\/$/, '') : 'not a URL'
  }
  if (value === undefined) return flag.defaultText ?? (term === undefined ? 'false' : null)
  return name === 'timeout' ? `${Number(value) / 1000}s` : shortPath(String(value))
}

/** Every setting that can be set permanently, and its source. Never the key. */
export function readSettings({ commands, sources, options }: Context): ShownSetting[] {
  const { config } = sources
  const keySource = findKeySource(options, sources) ?? null
  const sets = [...commands.map(({ flags }) => flags), globalFlags]
  const flags = sets.flatMap((set) => Object.values(set)).filter(isConfigurable)
  const settings = new Map(
    flags.map((flag) => {
      const { name } = partsOf(flag)
      const { value, source = null } = readSetting(flag, sources)
      return [name, { name, value: showValue(flag, value), source: source && shortPath(source) }]
    }),
  )
  if (options.apiKeyFile === undefined) settings.delete('api-key-file')
  return [
    { name: 'api-key', value: keySource && 'set', source: keySource },
    ...settings.values(),
    {
      name: 'config',
      value: config.path === undefined ? null : shortPath(config.path),
      source: null,
    },
  ]
}
