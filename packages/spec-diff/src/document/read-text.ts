import { readFile, stat } from 'node:fs/promises'
import { SpecError } from '@cekura-kit/spec'

const maxBytes = 16 * 1_048_576
const fetchMs = 30_000

export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source)

/** A source as messages may show it: a URL without user, password, query and fragment. */
export function printSource(source: string): string {
  if (!isUrl(source) || !URL.canParse(source)) return `"${source}"`
  const { origin, pathname } = new URL(source)
  return `"${origin}${pathname}"`
}

const tooLarge = (source: string): SpecError =>
  new SpecError(
    `${printSource(source)} is larger than ${maxBytes / 1_048_576} MiB. Give only the OpenAPI document.`,
  )

/**
 * Reads a file or an http(s) URL as UTF-8 without its byte order mark.
 *
 * @throws {SpecError} when it cannot be read, is empty or is larger than the limit
 */
export async function readText(source: string): Promise<string> {
  const text = isUrl(source) ? await fetchText(source) : await readFileText(source)
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (content.trim() === '')
    throw new SpecError(`${printSource(source)} is empty. Give an OpenAPI 3 document.`)
  return content
}

async function readFileText(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    throw new SpecError(
      `Cannot read ${printSource(file)}: there is no such file. Give a file or an http(s) URL.`,
    )
  if (stats.size > maxBytes) throw tooLarge(file)
  return readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    throw new SpecError(`Cannot read ${printSource(file)} (${code}). Check its permissions.`)
  })
}

async function fetchText(url: string): Promise<string> {
  const at = printSource(url)
  if (!URL.canParse(url)) throw new SpecError(`${at} is not a URL.`)
  if (new URL(url).username || new URL(url).password)
    throw new SpecError(`Cannot fetch ${at}: remove user and password from the URL.`)
  const signal = AbortSignal.timeout(fetchMs)
  try {
    // A redirect could lead anywhere, also into a private network.
    const response = await fetch(url, { signal, redirect: 'manual' })
    if (response.status >= 300 && response.status < 400)
      throw new SpecError(`${at} is a redirect. Give the URL of the document.`)
    if (!response.ok || !response.body)
      throw new SpecError(`${at} returns ${response.status}. Give the URL of the document.`)
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(url)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    if (error instanceof SpecError) throw error
    throw new SpecError(`Cannot fetch ${at} within ${fetchMs / 1000} s. Check the URL.`)
  }
}
