import { throwInvalidOption } from '../errors/usage-error.ts'
import type { HeaderOptions } from './client-options.ts'

/**
 * `more` over `base`, with names in lower case; null removes a header, undefined changes nothing.
 *
 * @throws {CekuraError} with code `usage` for a name or value that is not allowed in HTTP
 */
export function mergeHeaderOptions(
  base: Readonly<Record<string, string>>,
  more: HeaderOptions | undefined,
): Record<string, string> {
  const entries = Object.entries(more ?? {})
  if (entries.length === 0) return base
  const headers: Record<string, string> = { ...base }
  for (const [name, value] of entries) {
    const key = name.toLowerCase()
    if (value === null) delete headers[key]
    else if (value !== undefined) {
      try {
        // Another type would be converted: an empty array to an empty value.
        if (typeof value !== 'string') throw new TypeError()
        headers[key] = new Headers([[name, value]]).get(name)!
      } catch {
        throwInvalidOption(`header ${JSON.stringify(name)}`, 'a valid header name and value')
      }
    }
  }
  return headers
}
