const mask = '***'
/** A shorter string is not a key that anyone uses, and would be found in ordinary text. */
const minKeyLength = 8

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}

/** The spellings in which a response can repeat a key: unchanged, or escaped for JSON, URLs, HTML. */
function listSpellings(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1)
  const percent = encodeURIComponent(key)
  return [
    key,
    json,
    json.replaceAll('/', String.raw`\/`),
    percent,
    percent.replaceAll(/%../g, (code) => code.toLowerCase()),
    key.replaceAll(/[&<>"']/g, (character) => htmlEntities[character]!),
  ]
}

/** Replaces every spelling of a key in a text. */
export type Redact = (text: string) => string

export function createRedactor(key: string): Redact {
  if (key.length < minKeyLength) return (text) => text
  const spellings = new Set(listSpellings(key))
  return (text) => {
    let safe = text
    for (const spelling of spellings) safe = safe.replaceAll(spelling, mask)
    return safe
  }
}

/** Everything that a log can print of an error: what it holds too, such as a request or headers. */
function printableText(value: unknown, depth = 0, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth > 9 || seen.has(value)) return ''
  seen.add(value)
  const items = Symbol.iterator in value ? [...(value as Iterable<unknown>)] : []
  const own = Object.getOwnPropertyNames(value).map(
    (name) => (value as Record<string, unknown>)[name],
  )
  return [...items, ...own].map((child) => printableText(child, depth + 1, seen)).join('\n')
}

/** {@link createRedactor} that remembers the last key; it rarely changes. */
export function createRedactorCache(): (key: string) => Redact {
  let last: { key: string; redact: Redact } | undefined
  return (key) => {
    if (last?.key !== key) last = { key, redact: createRedactor(key) }
    return last.redact
  }
}

/** The error, or a copy that has only its redacted message and code if the key is in it. */
export function redactError(error: unknown, redact: Redact): unknown {
  const text = printableText(error)
  if (redact(text) === text) return error
  const { message, code } = error as { message?: unknown; code?: unknown }
  return Object.assign(new Error(redact(String(message ?? error))), {
    ...(code !== undefined && { code: redact(String(code)) }),
  })
}
