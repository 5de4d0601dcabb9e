/** Thrown when an answer is larger than allowed; carries nothing of it. */
export class BodyTooLarge extends Error {}

/**
 * An answer's body as text, at most `maxBytes` of it, counted after decompression.
 *
 * @throws {BodyTooLarge} when there is more, unless `cut`, which then returns what fits
 */
export async function readBody(response: Response, maxBytes: number, cut = false): Promise<string> {
  const { headers, body } = response
  if (!body) return response.text()
  // Only an uncompressed answer's length is the length of its text.
  const length = headers.get('content-encoding')
    ? Number.NaN
    : Number(headers.get('content-length') ?? Number.NaN)
  if (length <= maxBytes) return response.text()
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > maxBytes) {
      // Not awaited: a server that never ends would hold the call.
      void reader.cancel().catch(() => {})
      if (cut) return text
      throw new BodyTooLarge()
    }
    text += decoder.decode(value, { stream: true })
  }
}
