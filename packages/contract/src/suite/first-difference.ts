const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * Path of the first difference between two JSON values, undefined if they are equal.
 *
 * A path, because the values can be personal data.
 */
export function firstDifference(a: unknown, b: unknown, at = ''): string | undefined {
  if (Object.is(a, b)) return undefined
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return at || '/'
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return `${at}/${key}`
    const found = firstDifference(a[key], b[key], `${at}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
