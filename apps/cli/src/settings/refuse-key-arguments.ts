import { UsageError } from '../command-error.ts'
import type { Io } from '../io.ts'

const keyFlag = /^--?(?:x-cekura-)?(?:api-?key|key|token|secret|password)(?:=|$)/i
/** Prefixed as keys are, or long and hexadecimal, or long and mixed; ids of providers have dashes. */
const keyShapes = [
  /^(?:sk|pk|ck|key|api|cekura)[-_][\w-]{16,}$/i,
  /^[\da-f]{32,}$/i,
  /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])\w{32,}$/,
]
/** A shorter one guards nothing. */
const minKeyLength = 8
/** What follows these may look like anything. */
const freeFlags = new Set(['--assistant', '-o', '--output', '--fields', '--from-export'])

const looksLikeKey = (text: string): boolean => keyShapes.some((shape) => shape.test(text))

/**
 * Every user of a machine can read the arguments of a process, and shells keep them.
 *
 * @throws {UsageError} when an argument is or looks like a key; it is not repeated
 */
export function refuseKeyArguments(args: readonly string[], env: Io['env']): void {
  const key = env['CEKURA_API_KEY']?.trim() ?? ''
  // The `k` that a mock takes would be found in every other path.
  const isSecret = key.length >= minKeyLength
  const isKey = args.some((arg, index) => {
    if (keyFlag.test(arg) || (isSecret && arg.includes(key))) return true
    const isFree = freeFlags.has(args[index - 1] ?? '') || freeFlags.has(arg.split('=', 1)[0]!)
    return !isFree && arg.split('=').some(looksLikeKey)
  })
  if (isKey)
    throw new UsageError(
      'Cannot take an API key on the command line: other users of the machine and the shell history can read it; if it was a real one, replace it',
      'export CEKURA_API_KEY="$(cat ~/.cekura-key)"  # or --api-key-file ~/.cekura-key',
      'key_in_arguments',
    )
}
