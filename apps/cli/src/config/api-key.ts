import { text as readText } from 'node:stream/consumers'
import { UsageError, type Suggestion } from '../errors/command-error.ts'
import type { Io } from '../io.ts'
import { readPrivateFile } from './private-file.ts'

/** Where the key comes from; never the key. */
export type KeySource = 'stdin' | 'file' | 'CEKURA_API_KEY'

export interface KeySettings {
  /** `--api-key-file`. */
  file: string | undefined
  /** Whether the flag is on the command line. */
  isTyped: boolean
}

/** The source of the key: the flag, then `CEKURA_API_KEY`, then a file set elsewhere. */
export function findKeySource(
  { file, isTyped }: KeySettings,
  env: Io['env'],
): KeySource | undefined {
  const inFile = file === undefined ? undefined : file === '-' ? 'stdin' : 'file'
  if (isTyped) return inFile
  return env['CEKURA_API_KEY']?.trim() ? 'CEKURA_API_KEY' : inFile
}

export const setKeySuggestion = 'export CEKURA_API_KEY=<api-key>'

const fail = (
  why: string,
  suggestion: Suggestion = setKeySuggestion,
  code = 'key_file',
): UsageError => new UsageError(why, suggestion, code)

/** @throws {UsageError} if there is no key or its file cannot be used */
export async function readKey(
  settings: KeySettings,
  { env, stdin }: Pick<Io, 'env' | 'stdin'>,
): Promise<string> {
  const source = findKeySource(settings, env)
  if (source === 'CEKURA_API_KEY') return env['CEKURA_API_KEY']!.trim()
  if (source === undefined)
    throw fail('No API key. Set CEKURA_API_KEY or use --api-key-file.', undefined, 'key_missing')
  const file = settings.file!
  const text =
    source === 'stdin'
      ? await readText(stdin)
      : readPrivateFile(file, { kind: 'key file', code: 'key_file', forbids: 'read' })
  if (text === undefined)
    throw fail(`The key file "${file}" does not exist.`, ['--api-key-file', '<path>'])
  if (text.trim() !== '') return text.trim()
  throw fail(`The API key is empty: ${source === 'stdin' ? 'stdin' : `"${file}"`} has no content.`)
}
