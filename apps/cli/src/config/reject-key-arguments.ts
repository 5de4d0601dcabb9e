import { UsageError } from '../errors/command-error.ts'
import type { Io } from '../io.ts'
import { setKeySuggestion } from './api-key.ts'

const keyFlag = /^--?(?:x-cekura-)?(?:api-?key|key|token|secret|password)(?:=|$)/i
/** Prefixed like a key, or long and hexadecimal, or long and mixed; provider ids have dashes. */
const keyShapes = [
  /^(?:sk|pk|ck|key|api|cekura)[-_][\w-]{16,}$/i,
  /^[\da-f]{32,}$/i,
  /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])\w{32,}$/,
]
/** Shorter keys, such as those for a mock, occur in ordinary arguments. */
const minKeyLength = 8
/** Values of these can look like a key. */
const freeFlags = new Set(['--assistant', '-o', '--output', '--fields'])

const looksLikeKey = (text: string): boolean => keyShapes.some((shape) => shape.test(text))

/**
 * Other users can read the arguments of a process, and shells save them.
 *
 * @throws {UsageError} if an argument is or looks like a key; it is not repeated
 */
export function rejectKeyArguments(args: readonly string[], env: Io['env']): void {
  const key = env['CEKURA_API_KEY']?.trim() ?? ''
  const isSecret = key.length >= minKeyLength
  const isKey = args.some((arg, index) => {
    if (keyFlag.test(arg) || (isSecret && arg.includes(key))) return true
    const isFree = freeFlags.has(args[index - 1] ?? '') || freeFlags.has(arg.split('=', 1)[0]!)
    return !isFree && arg.split('=').some(looksLikeKey)
  })
  if (isKey)
    throw new UsageError(
      'API keys are not accepted as arguments: other users and the shell history can read them. Use CEKURA_API_KEY or --api-key-file, and replace the key if it was real.',
      setKeySuggestion,
      'key_in_arguments',
    )
}
