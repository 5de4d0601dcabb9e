import { bundleSpec, parseText, SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import { field, follow, isNode } from './node.ts'
import { isUrl, printSource, readText } from './read-text.ts'

/**
 * Reads an OpenAPI 3 document, JSON or YAML. A file may refer to other files of its folder; nothing
 * is fetched but a URL that is given as the source.
 *
 * @param source path or http(s) URL
 * @throws {SpecError} when it is missing, empty, malformed, not OpenAPI 3, larger or deeper than
 * the spec reader allows, or a reference cannot be resolved
 */
export async function readDocument(source: string): Promise<SpecDocument> {
  const at = printSource(source)
  const value = await parseDocument(await readText(source)).catch((error: unknown) => {
    throw new SpecError(`Cannot read ${at}: ${(error as Error).message}.`, { cause: error })
  })
  const version = field(value, 'openapi') ?? field(value, 'swagger')
  if (!isNode(value) || !/^3\.[012](\.|$)/.test(String(version)))
    throw new SpecError(
      `${at} is not an OpenAPI 3 document: its version is ${JSON.stringify(version ?? null)}.`,
    )
  const external = findReferences(value).find(({ $ref }) => !$ref.startsWith('#'))
  if (external && isUrl(source))
    throw new SpecError(
      `The reference "${external.$ref.slice(0, 80)}" leads out of ${at}. Bundle it first.`,
    )
  const document = external ? (await bundleSpec(source)).document : value
  for (const reference of findReferences(document))
    try {
      follow(document, reference)
    } catch (error) {
      throw new SpecError(`Cannot use ${at}. ${(error as Error).message}`, { cause: error })
    }
  return document
}

/** Strings, and the characters that give JSON its structure. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g

/** The first key that one object of a JSON text has twice. */
function findDuplicateKey(text: string): string | undefined {
  const objects: (Set<string> | undefined)[] = []
  let isKey = false
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') objects.push(new Set())
    else if (token === '[') objects.push(undefined)
    else if (token === '}' || token === ']') objects.pop()
    else if (token !== ',' && isKey) {
      const [keys, key] = [objects.at(-1)!, JSON.parse(token) as string]
      if (keys.has(key)) return key
      keys.add(key)
    }
    isKey = (token === '{' || token === ',') && objects.at(-1) !== undefined
  }
  return undefined
}

/** Parses JSON or YAML; YAML rejects a key that is there twice, JSON takes the last one. */
async function parseDocument(text: string): Promise<Json> {
  const value = await parseText(text)
  const duplicate = /^\s*[{[]/.test(text) ? findDuplicateKey(text) : undefined
  if (duplicate !== undefined)
    throw new SpecError(`it has the key ${JSON.stringify(duplicate)} twice`)
  return JSON.parse(JSON.stringify(value ?? null)) as Json
}

/** Keys below which `$ref` is data. */
const data = new Set(['example', 'default', 'const', 'enum', 'value'])

/** Every reference of a document. */
function findReferences(document: SpecDocument): { $ref: string }[] {
  const found: { $ref: string }[] = []
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    const $ref = field(value, '$ref')
    if (typeof $ref === 'string') found.push({ $ref })
    for (const [key, child] of Object.entries(value)) if (!data.has(key)) visit(child)
  }
  visit(document)
  return found
}
