import { defaultPathSerializer } from 'openapi-fetch'
import { throwInvalidParameter, throwUsageError } from '../errors/usage-error.ts'

/** Names in a path template, without the signs of a style: `{id}`, `{.id}`, `{;id*}`. */
const placeholderForm = /\{[.;]?([^{}*]+)\*?\}/g

/** Texts that a URL parser would drop or resolve, which changes the resource that is meant. */
const unsafeTexts = new Set(['', '.', '..'])

export const throwMissing = (parameter: string): never =>
  throwUsageError(`Missing ${parameter}: the operation requires it.`, 'missing_parameter', {
    parameter,
  })

/**
 * The path for a template, with encoded values.
 *
 * @throws {CekuraError} with code `usage` for a missing value, and for "", "." and ".."
 */
export function serializePath(template: string, values: Readonly<Record<string, unknown>>): string {
  for (const [, name = ''] of template.matchAll(placeholderForm)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined || value === null) throwMissing(name)
    const texts = (typeof value === 'object' ? Object.values(value as object) : [value]).map(String)
    if (texts.length === 0 || texts.some((text) => unsafeTexts.has(text)))
      throwInvalidParameter(name, 'a value other than "", "." and ".."', value)
  }
  return defaultPathSerializer(template, values)
}
