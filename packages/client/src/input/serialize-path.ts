import { defaultPathSerializer } from 'openapi-fetch'
import { throwInvalidParameter, throwMissingParameter } from '../errors/usage-error.ts'

/** Names in a path template, without the signs of a style: `{id}`, `{.id}`, `{;id*}`. */
const placeholderForm = /\{[.;]?([^{}*]+)\*?\}/g

/** Texts that a URL parser would drop or resolve, which changes the resource that is meant. */
const unsafeTexts = new Set(['', '.', '..'])

/**
 * A function that puts encoded values into a path template.
 *
 * It throws a {@link CekuraError} with code `usage` for a missing value, and for "", "." and "..".
 */
export function createPathSerializer(
  template: string,
): (values: Readonly<Record<string, unknown>>) => string {
  const names = Array.from(template.matchAll(placeholderForm), ([, name = '']) => name)
  if (names.length === 0) return () => template

  return (values) => {
    for (const name of names) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      if (value === undefined || value === null) throwMissingParameter(name)
      const texts = (typeof value === 'object' ? Object.values(value) : [value]).map(String)
      if (texts.length === 0 || texts.some((text) => unsafeTexts.has(text)))
        throwInvalidParameter(name, 'a value other than "", "." and ".."', value)
    }
    return defaultPathSerializer(template, values)
  }
}
