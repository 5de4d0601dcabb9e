import { readFileSync, statSync } from 'node:fs'
import { text as readText } from 'node:stream/consumers'
import { CommandError, exitCodes, UsageError } from '../command-error.ts'
import type { Io } from '../io.ts'

/** Where the key comes from; never the key. */
export type KeySource = 'stdin' | 'file' | 'CEKURA_API_KEY'

export interface KeySettings {
  /** `--api-key-file`, and who set it. */
  file: string | undefined
  fileSource: string | undefined
}

/** Who gives the key: a flag, then the variable with the key, then a file set elsewhere. */
export function findKeySource(
  { file, fileSource }: KeySettings,
  env: Io['env'],
): KeySource | undefined {
  const inFile = file === undefined ? undefined : file === '-' ? 'stdin' : 'file'
  if (fileSource === 'cli') return inFile
  return env['CEKURA_API_KEY']?.trim() ? 'CEKURA_API_KEY' : inFile
}

function readKeyFile(path: string): string {
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw new UsageError(
        `Cannot use the key file "${path}": others can read it`,
        `chmod 600 ${path}`,
        'key_file',
      )
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(
      `Cannot read the key file "${path}": ${code === 'ENOENT' ? 'there is no such file' : message}`,
      `ls -l ${path}`,
      'key_file',
    )
  }
}

/** @throws {UsageError} when there is no key or its file cannot be used */
export async function readKey(
  settings: KeySettings,
  { env, stdin }: Pick<Io, 'env' | 'stdin'>,
): Promise<string> {
  const source = findKeySource(settings, env)
  if (source === undefined)
    throw new CommandError(
      'Cannot ask the service: there is no API key; no flag takes one, so set CEKURA_API_KEY or name a file that holds it',
      {
        code: 'key_missing',
        exitCode: exitCodes.usage,
        fix: 'export CEKURA_API_KEY="$(cat ~/.cekura-key)"',
      },
    )
  if (source === 'CEKURA_API_KEY') return env['CEKURA_API_KEY']!.trim()
  const key = (source === 'stdin' ? await readText(stdin) : readKeyFile(settings.file!)).trim()
  if (key === '')
    throw new UsageError(
      `Cannot use the API key: ${source === 'stdin' ? 'stdin' : `the file "${settings.file}"`} is empty`,
      'cekura-logs doctor',
      'key_file',
    )
  return key
}
