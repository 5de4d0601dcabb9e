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

/** Everything that a log can print of an error. */
function printableText(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 9) return String(error)
  const values = Object.values(error).map(String)
  return [error.message, error.stack, ...values, printableText(error.cause, depth + 1)].join('\n')
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
