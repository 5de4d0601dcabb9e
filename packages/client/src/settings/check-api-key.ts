import { createUsageError } from '../errors/usage-error.ts'

const expected = 'visible ASCII characters without spaces or line breaks'

/**
 * Checks an API key. The key itself is never in a message.
 *
 * @throws {CekuraError} with code `usage`
 */
export function checkApiKey(key: unknown): string {
  if (key === undefined || key === '')
    throw createUsageError('missing_api_key', {}, 'No API key. Pass apiKey or set CEKURA_API_KEY.')
  if (typeof key !== 'string' || !/^[!-~]+$/.test(key))
    throw createUsageError(
      'invalid_api_key',
      { expected },
      `Invalid API key: expected ${expected}.`,
    )
  return key
}
