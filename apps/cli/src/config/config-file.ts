import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { UsageError } from '../errors/command-error.ts'
import { suggestName } from '../errors/did-you-mean.ts'
import type { Io } from '../io.ts'
import type { Config } from '../options/flag.ts'
import { parseJsonObject } from './parse-json-object.ts'
import { readPrivateFile } from './private-file.ts'

/**
 * Default path of the configuration file; undefined without a home folder. A relative folder from the
 * environment is ignored: it would depend on the working folder.
 */
export function defaultConfigPath(env: Io['env']): string | undefined {
  const { XDG_CONFIG_HOME: xdg = '', HOME: home = homedir() } = env
  const folder = isAbsolute(xdg) ? xdg : isAbsolute(home) ? join(home, '.config') : undefined
  return folder && join(folder, 'cekura-logs', 'config.json')
}

function parseConfig(text: string, path: string, names: ReadonlySet<string>): Config['values'] {
  const fail = (why: string): UsageError =>
    new UsageError(
      `Invalid configuration file "${path}": ${why}`,
      'cekura-logs help environment',
      'config',
    )
  const parsed = parseJsonObject(text)
  if (!parsed) throw fail('expected a JSON object such as {"agent": 2142, "timeout": "30s"}.')
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => {
      // The value is not quoted: it may be a key.
      if (!names.has(name))
        throw fail(`unknown setting "${name.slice(0, 40)}". ${suggestName(name, [...names])}`)
      return [name, Array.isArray(value) ? value.join(',') : String(value)]
    }),
  )
}

/**
 * Reads the configuration file; a missing default one is empty.
 *
 * @throws {UsageError} if it cannot be read, others can write it, or it has an unknown setting
 */
export function readConfig(
  given: string | undefined,
  env: Io['env'],
  names: ReadonlySet<string>,
): Config {
  const path = given ?? defaultConfigPath(env)
  const text = path === undefined ? undefined : readPrivateFile(path, 'configuration file')
  if (text !== undefined) return { path, values: parseConfig(text, path!, names) }
  if (given === undefined) return { path: undefined, values: {} }
  throw new UsageError(
    `The configuration file "${given}" does not exist.`,
    'cekura-logs doctor',
    'config',
  )
}
