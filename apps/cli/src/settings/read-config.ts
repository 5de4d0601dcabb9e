import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { UsageError } from '../command-error.ts'
import type { Io } from '../io.ts'

export interface Config {
  path: string
  isThere: boolean
  values: Readonly<Record<string, string>>
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Where the configuration file is when no flag names one. */
export function defaultConfigPath(env: Io['env']): string {
  const home = env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? homedir(), '.config')
  return join(home, 'cekura-logs', 'config.json')
}

function parseConfig(text: string, path: string, names: ReadonlySet<string>): Config['values'] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new UsageError(
      `Cannot read the configuration "${path}": it is no JSON object; give one like {"agent": 2142, "timeout": "30s"}`,
      'cekura-logs help environment',
      'config',
    )
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => {
      // Not quoted: it may be the name somebody gave a key.
      if (!names.has(name))
        throw new UsageError(
          `Cannot read the configuration "${path}": it sets "${name.slice(0, 40)}", which is no setting; there are ${[...names].join(', ')}`,
          'cekura-logs help environment',
          'config',
        )
      return [name, Array.isArray(value) ? value.join(',') : String(value)]
    }),
  )
}

/**
 * Reads the configuration file; a default one that is not there is empty.
 *
 * @throws {UsageError} when it cannot be read, others can write to it, or it sets what is no setting
 */
export function readConfig(
  given: string | undefined,
  env: Io['env'],
  names: ReadonlySet<string>,
): Config {
  const path = given ?? defaultConfigPath(env)
  try {
    const text = readFileSync(path, 'utf8')
    // Who can write it could send the key elsewhere.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o022) !== 0)
      throw new UsageError(
        `Cannot use the configuration "${path}": others can write to it`,
        `chmod go-w ${path}`,
        'config',
      )
    return { path, isThere: true, values: parseConfig(text, path, names) }
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (isMissing(error) && given === undefined) return { path, isThere: false, values: {} }
    throw new UsageError(
      `Cannot read the configuration "${path}": ${isMissing(error) ? 'there is no such file' : (error as Error).message}`,
      'cekura-logs doctor',
      'config',
    )
  }
}

/** The environment, and beneath it what the file of `--env-file` says. */
export function readEnvironment(path: string | undefined, env: Io['env']): Io['env'] {
  if (path === undefined) return env
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')), ...env }
  } catch (error) {
    throw new UsageError(
      `Cannot read the environment file "${path}": ${isMissing(error) ? 'there is no such file' : (error as Error).message}`,
      `ls -l ${path}`,
      'config',
    )
  }
}
