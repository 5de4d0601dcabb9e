/**
 * An answer's body as text, at most `maxBytes` of it, counted after decompression.
 *
 * @returns the text, and whether it was cut
 */
export async function readBody({ body }: Response, maxBytes: number): Promise<[string, boolean]> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (
    let chunk;
    (chunk = (await reader?.read())?.value);
    text += decoder.decode(chunk, { stream: true })
  )
    if ((maxBytes -= chunk.length) < 0) {
      // What is left must not hold the connection.
      reader!.cancel().catch(() => {})
      break
    }
  return [text, maxBytes < 0]
}
