import { readFile, stat } from 'node:fs/promises'
import { parseText, SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import { isNode } from './schema-view.ts'

/** What a document of somebody else's may cost. */
export const upstreamLimits = {
  bytes: 32_000_000,
  depth: 200,
  values: 4_000_000,
  timeoutMs: 30_000,
}

const refuse = (source: string, why: string): SpecError =>
  new SpecError(`Cannot compare with "${source}": ${why}`)

async function readText(source: string): Promise<string> {
  if (!/^https?:\/\//.test(source)) {
    const stats = await stat(source).catch(() => undefined)
    if (!stats?.isFile())
      throw refuse(source, 'there is no such file; give a file or an http(s) URL')
    if (stats.size > upstreamLimits.bytes) throw tooLarge(source)
    return readFile(source, 'utf8')
  }
  const signal = AbortSignal.timeout(upstreamLimits.timeoutMs)
  try {
    const response = await fetch(source, { signal })
    if (!response.ok || !response.body)
      throw refuse(source, `it answers ${response.status}; give the address of the document`)
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body) {
      bytes += chunk.length
      if (bytes > upstreamLimits.bytes) throw tooLarge(source)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    if (error instanceof SpecError) throw error
    throw refuse(
      source,
      `it cannot be fetched within ${upstreamLimits.timeoutMs / 1000} s; check the address`,
    )
  }
}

const tooLarge = (source: string): SpecError =>
  refuse(
    source,
    `it is larger than ${upstreamLimits.bytes / 1e6} MB; give the OpenAPI document alone`,
  )

/** No reference out of the document, nothing nested without end, no alias that multiplies. */
function inspect(source: string, value: Json, depth: number, seen = { values: 0 }): void {
  seen.values += 1
  if (seen.values > upstreamLimits.values)
    throw refuse(
      source,
      `it unfolds into more than ${upstreamLimits.values / 1e6} million values; give it without aliases`,
    )
  if (typeof value !== 'object' || value === null) return
  if (depth > upstreamLimits.depth)
    throw refuse(source, `it is nested deeper than ${upstreamLimits.depth} levels`)
  if (isNode(value) && typeof value['$ref'] === 'string' && !value['$ref'].startsWith('#/'))
    throw refuse(
      source,
      `the reference "${value['$ref'].slice(0, 80)}" leads out of it; bundle it first`,
    )
  for (const child of Object.values(value)) inspect(source, child, depth + 1, seen)
}

/**
 * Reads somebody else's OpenAPI document, JSON or YAML, within {@link upstreamLimits}.
 *
 * @param source path or http(s) URL
 * @throws {SpecError} when it cannot be had, is too large or too deep, or refers out of itself
 */
export async function readUpstream(source: string): Promise<SpecDocument> {
  const text = await readText(source)
  let document: Json
  try {
    document = (await parseText(text)) as Json
  } catch (error) {
    throw refuse(source, `it is neither JSON nor YAML (${(error as Error).message}); correct it`)
  }
  if (!isNode(document) || !/^3\.[012]\./.test(String(document['openapi'])))
    throw refuse(source, 'it is not an OpenAPI 3 document')
  inspect(source, document, 0)
  // Aliases were shared values: from here on each place has its own.
  return structuredCopy(document)
}

const structuredCopy = (document: SpecDocument): SpecDocument =>
  JSON.parse(JSON.stringify(document)) as SpecDocument
