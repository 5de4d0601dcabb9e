import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { UsageError } from '../errors/command-error.ts'
import { quote } from '../errors/suggestion.ts'

const maxBytes = 1 << 20

/** What others must not be able to do, and the code of an error. */
const kinds = {
  'key file': { forbids: 'read', mask: 0o077, mode: '600', code: 'key_file' },
  'configuration file': { forbids: 'write', mask: 0o022, mode: 'go-w', code: 'config' },
} as const

/**
 * Reads a file that holds a key or decides where it is sent: a regular file of this user, checked by
 * its descriptor.
 *
 * @returns undefined if there is no file
 * @throws {UsageError} if others can read or write it, or it cannot be read
 */
export function readPrivateFile(path: string, kind: keyof typeof kinds): string | undefined {
  const rule = kinds[kind]
  const fail = (why: string, suggestion = `ls -l ${quote(path)}`): UsageError =>
    new UsageError(`Cannot use the ${kind} "${path}": ${why}.`, suggestion, rule.code)
  let file: number
  try {
    // A pipe without a writer would block.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fail((error as Error).message)
  }
  try {
    const { mode, uid, size } = fstatSync(file)
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw fail('it is not a regular file')
    if (size > maxBytes) throw fail('it is larger than 1 MiB')
    if (process.platform !== 'win32') {
      if ((mode & rule.mask) !== 0)
        throw fail(`others can ${rule.forbids} it`, `chmod ${rule.mode} ${quote(path)}`)
      if (![0, process.getuid!()].includes(uid)) throw fail('it belongs to another user')
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
