/**
 * An answer's body as text, at most `maxBytes` of it, counted after decompression.
 *
 * @returns the text, and whether it was cut
 */
export async function readBody(response: Response, maxBytes: number): Promise<[string, boolean]> {
  const { headers, body } = response
  let bytes = 0
  // Only an uncompressed answer's length is the length of its text.
  const isShort =
    Number.parseInt(headers.get('content-length')!) <= maxBytes && !headers.get('content-encoding')
  const counted =
    isShort || !body
      ? response
      : new Response(
          body.pipeThrough(
            new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
              transform(chunk, sink) {
                bytes += chunk.length
                if (bytes > maxBytes) sink.terminate()
                else sink.enqueue(chunk)
              },
            }),
          ),
        )
  return [await counted.text(), bytes > maxBytes]
}
