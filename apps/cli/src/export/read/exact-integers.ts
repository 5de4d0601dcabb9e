import { randomBytes } from 'node:crypto'
import type { ServiceFetch } from '../../service-fetch.ts'

interface RawJson {
  rawJSON: string
}
type Reviver = (this: unknown, key: string, value: unknown, context: { source: string }) => unknown
// Not in the library of ES2023, and in every Node this runs on.
const json = JSON as unknown as {
  rawJSON(text: string): RawJson
  isRawJSON(value: unknown): value is RawJson
  parse(text: string, reviver?: Reviver): unknown
}

/** The largest body that is looked through; a larger one goes on as it is. */
const maxBytes = 64 * 2 ** 20
// A run of digits that a double may not hold, where a number can stand.
const longInteger = /[:,[]\s*-?\d{16,}\s*[,\]}]/
// Random, so that no text of the API is mistaken for a number.
const mark = `integer ${randomBytes(12).toString('hex')} `
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g')

const reviveWith =
  (carry: (digits: string) => unknown): Reviver =>
  (_, value, { source }) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(source)
      ? carry(source)
      : value

const isDigit = (byte: number | undefined): boolean => byte! >= 48 && byte! <= 57

/** Whether there is a run of 16 digits; looks at every 16th byte, since no run can pass between two. */
function hasLongRun(bytes: Uint8Array): boolean {
  for (let at = 15; at < bytes.length; at += 16) {
    if (!isDigit(bytes[at])) continue
    let [first, last] = [at, at]
    while (isDigit(bytes[first - 1])) first -= 1
    while (isDigit(bytes[last + 1])) last += 1
    if (last - first >= 15) return true
  }
  return false
}

/** JSON with integers beyond 2^53 as `JSON.rawJSON`, which `JSON.stringify` writes as they came. */
export const parseExact = (text: string): unknown =>
  longInteger.test(text) ? json.parse(text, reviveWith(json.rawJSON)) : json.parse(text)

/** An integer of {@link parseExact} or {@link withExactIntegers}; undefined when it is none. */
export function toInteger(value: unknown): number | bigint | undefined {
  if (Number.isSafeInteger(value)) return value as number
  if (typeof value === 'string' && value.startsWith(mark)) return BigInt(value.slice(mark.length))
  return json.isRawJSON(value) && /^-?\d+$/.test(value.rawJSON) ? BigInt(value.rawJSON) : undefined
}

/** JSON text with the integers that {@link withExactIntegers} carried as texts. */
export const restoreIntegers = (text: string): string =>
  text.includes(mark) ? text.replaceAll(marked, '$1') : text

async function readUpTo(body: ReadableStream<Uint8Array>, most: number) {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { chunks, rest: undefined }
    chunks.push(value)
    bytes += value.byteLength
    if (bytes > most) return { chunks, rest: reader }
  }
}

/**
 * A `fetch` whose JSON answers carry integers that a double cannot hold as marked texts, through a
 * parser that would round them.
 */
export const withExactIntegers =
  (fetch: ServiceFetch): ServiceFetch =>
  async (url, init) => {
    const response = await fetch(url, init)
    if (!response.ok || !response.body) return response
    const { chunks, rest } = await readUpTo(response.body, maxBytes)
    const { status, headers } = response
    if (rest) {
      const whole = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk)
        },
        async pull(controller) {
          const { done, value } = await rest.read()
          if (done) controller.close()
          else controller.enqueue(value)
        },
        cancel: (reason) => rest.cancel(reason),
      })
      return new Response(whole, { status, headers })
    }
    const bytes = Buffer.concat(chunks)
    if (!hasLongRun(bytes)) return new Response(bytes, { status, headers })
    const text = bytes.toString('utf8')
    if (!longInteger.test(text)) return new Response(bytes, { status, headers })
    try {
      const parsed = json.parse(
        text,
        reviveWith((digits) => `${mark}${digits}`),
      )
      return new Response(JSON.stringify(parsed), { status, headers })
    } catch {
      // No JSON: the client says so.
      return new Response(bytes, { status, headers })
    }
  }
