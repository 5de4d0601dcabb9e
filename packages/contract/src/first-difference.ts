const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * Where two JSON values differ first, as a path, undefined when they do not.
 *
 * A path, because the values themselves may be somebody's phone number.
 */
export function firstDifference(a: unknown, b: unknown, at = ''): string | undefined {
  if (Object.is(a, b)) return undefined
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return at || '/'
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!(key in a) || !(key in b)) return `${at}/${key}`
    const found = firstDifference(a[key], b[key], `${at}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
