const duration = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/

/** `MM:SS`, or `HH:MM:SS` should a provider send it, in seconds; null when it is neither. */
export function readDuration(text: unknown): number | null {
  const parts = typeof text === 'string' ? duration.exec(text) : null
  if (!parts) return null
  const [, first, second, third] = parts
  const total = Number(first) * 60 + Number(second)
  return third === undefined ? total : total * 60 + Number(third)
}
