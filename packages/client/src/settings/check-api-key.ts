import { createError } from '../errors/create-error.ts'

const expected = 'visible ASCII characters without spaces or line breaks'

/**
 * Checks an API key. The key itself is never in a message.
 *
 * @throws {CekuraError} with code `usage`
 */
export function checkApiKey(key: unknown): string {
  if (key === undefined || key === '') throw createError('missing_api_key', {})
  if (typeof key !== 'string' || !/^[!-~]+$/.test(key))
    throw createError('invalid_api_key', { expected })
  return key
}
