import { text as readText } from 'node:stream/consumers'
import { UsageError } from '../errors/command-error.ts'
import type { Io } from '../io.ts'
import type { ValueSources } from '../options/flag.ts'
import type { GlobalOptions } from '../options/flags.ts'
import { readPrivateFile } from './private-file.ts'

/** Where the key comes from; never the key. */
export type KeySource = 'stdin' | 'file' | 'CEKURA_API_KEY'

/** The source of the key: `--api-key-file`, then `CEKURA_API_KEY`, then a file set elsewhere. */
export function findKeySource(
  { apiKeyFile: file }: GlobalOptions,
  { typed, env }: ValueSources,
): KeySource | undefined {
  if (env['CEKURA_API_KEY']?.trim() && !typed.has('api-key-file')) return 'CEKURA_API_KEY'
  return file === undefined ? undefined : file === '-' ? 'stdin' : 'file'
}

export const setKeySuggestion = 'export CEKURA_API_KEY=<api-key>'

/** @throws {UsageError} if there is no key or its file cannot be used */
export async function readKey(
  options: GlobalOptions,
  sources: ValueSources,
  stdin: Io['stdin'],
): Promise<string> {
  const source = findKeySource(options, sources)
  if (source === 'CEKURA_API_KEY') return sources.env['CEKURA_API_KEY']!.trim()
  if (source === undefined)
    throw new UsageError(
      'No API key. Set CEKURA_API_KEY or use --api-key-file.',
      setKeySuggestion,
      'key_missing',
    )
  const file = options.apiKeyFile!
  const text = source === 'stdin' ? await readText(stdin) : readPrivateFile(file, 'key file')
  if (text === undefined)
    throw new UsageError(
      `The key file "${file}" does not exist.`,
      ['--api-key-file', '<path>'],
      'key_file',
    )
  if (text.trim() !== '') return text.trim()
  throw new UsageError(
    `The API key is empty: ${source === 'stdin' ? 'stdin' : `"${file}"`} has no content.`,
    setKeySuggestion,
    'key_file',
  )
}
