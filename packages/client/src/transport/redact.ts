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

/** What is left of an error of `fetch`. */
export interface RedactedError extends Error {
  code?: string
  cause?: RedactedError
}

const maxCauses = 10

/**
 * A copy of what `fetch` threw: message and code of the error and of its causes, redacted. Any
 * other property can hold the request, and with it the key.
 */
export function redactError(thrown: unknown, redact: Redact, depth = 0): RedactedError | undefined {
  if (thrown === undefined || depth === maxCauses) return undefined
  const { message = thrown, code, cause } = Object(thrown) as Record<string, unknown>
  const copy: Error = new Error(redact(String(message)), {
    cause: redactError(cause, redact, depth + 1),
  })
  return Object.assign(copy as RedactedError, code !== undefined && { code: redact(String(code)) })
}
