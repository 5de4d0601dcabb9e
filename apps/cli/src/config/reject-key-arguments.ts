import { UsageError } from '../errors/command-error.ts'
import type { Io } from '../io.ts'
import { setKeySuggestion } from './api-key.ts'

const keyFlag = /^--?(?:x-cekura-)?(?:api-?key|key|token|secret|password)(?:=|$)/i
/** Shorter keys, such as those for a mock, occur in ordinary arguments. */
const minKeyLength = 8

/**
 * Other users can read the arguments of a process, and shells save them. Arguments that only look like
 * a key are accepted: provider ids do.
 *
 * @throws {UsageError} if an argument is a flag for a key or has the key; it is not repeated
 */
export function rejectKeyArguments(args: readonly string[], env: Io['env']): void {
  const key = env['CEKURA_API_KEY']?.trim() ?? ''
  const hasKey = (arg: string): boolean => key.length >= minKeyLength && arg.includes(key)
  if (args.some((arg) => keyFlag.test(arg) || hasKey(arg)))
    throw new UsageError(
      'API keys are not accepted as arguments: other users and the shell history can read them. Use CEKURA_API_KEY or --api-key-file, and replace the key if it was real.',
      setKeySuggestion,
      'key_in_arguments',
    )
}
