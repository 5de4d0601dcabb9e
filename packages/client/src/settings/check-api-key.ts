import { throwUsageError } from '../errors/usage-error.ts'

const expected = 'visible ASCII characters without spaces or line breaks'

/**
 * Checks an API key. The key itself is never in a message.
 *
 * @throws {CekuraError} with code `usage`
 */
export function checkApiKey(key: unknown): string {
  if (key === undefined || key === '')
    return throwUsageError('No API key. Pass apiKey or set CEKURA_API_KEY.', 'missing_api_key', {})
  if (typeof key !== 'string' || !/^[!-~]+$/.test(key))
    return throwUsageError(`Invalid API key: expected ${expected}.`, 'invalid_api_key', {
      expected,
    })
  return key
}
