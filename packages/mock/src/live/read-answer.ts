import { gunzipSync, brotliDecompressSync, inflateSync } from 'node:zlib'
import { headerOf, withoutHeaders, type Answer } from '../gateway/answer.ts'
import type { Violation } from '../prism/violation.ts'

const isMediaType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;\s*[\w-]+=[^;]+)*$/
const maxUnpackedBytes = 64 * 1_048_576

const unpack: Record<string, (body: Buffer, limits: { maxOutputLength: number }) => Buffer> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const found = (location: string, message: string): { unreadable: Violation } => ({
  unreadable: { location: `response.${location}`, message },
})

/**
 * An answer as Prism can read it, unpacked; or what is wrong with one that would end it, silence it,
 * or make it call someone else. Values are never quoted.
 */
export function readAnswer(answer: Answer): { readable: Answer } | { unreadable: Violation } {
  const { status } = answer
  if (status >= 300 && status < 400 && status !== 304) {
    const target = headerOf(answer, 'location') ?? ''
    const where = URL.canParse(target) ? new URL(target).origin : 'a path of its own'
    return found(
      'status',
      `the service redirects with ${status} to ${where}, which the document does not have; it was not followed`,
    )
  }
  const type = headerOf(answer, 'content-type')
  if (type !== undefined && !isMediaType.test(type))
    return found('headers.content-type', 'the content-type is no media type')
  const encoding = headerOf(answer, 'content-encoding')?.trim().toLowerCase()
  let { body } = answer
  try {
    if (encoding && encoding !== 'identity')
      body = unpack[encoding]!(body, { maxOutputLength: maxUnpackedBytes })
  } catch {
    return found('headers.content-encoding', 'the body is not packed as it says, or too large')
  }
  try {
    if (/[/+]json/i.test(type ?? '')) JSON.parse(body.toString())
  } catch {
    return found('body', 'the body is not the JSON that its content-type says')
  }
  return {
    readable: {
      status,
      headers: withoutHeaders(answer.headers, new Set(['content-encoding'])),
      body,
    },
  }
}
