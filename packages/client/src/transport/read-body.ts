import type { FetchResponse } from './fetch.ts'

function join(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

/**
 * The body of a response as bytes, at most `maxBytes` of them, counted after decompression.
 *
 * A response without a stream, as in React Native, is read as text.
 */
export async function readBody(
  response: FetchResponse,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  if (response.body === undefined) {
    const bytes = new TextEncoder().encode(await response.text())
    return { bytes: bytes.subarray(0, maxBytes), isCut: bytes.length > maxBytes }
  }
  const chunks: Uint8Array[] = []
  const reader = response.body?.getReader()
  if (!reader) return { bytes: join(chunks), isCut: false }
  for (let left = maxBytes; ;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return { bytes: join(chunks), isCut: false }
    chunks.push(value.subarray(0, left))
    if (value.length > left) {
      // The rest must not keep the connection open.
      reader.cancel().catch(() => {})
      return { bytes: join(chunks), isCut: true }
    }
    left -= value.length
  }
}
