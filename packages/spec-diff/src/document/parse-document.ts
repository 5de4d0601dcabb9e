import { parseText, SpecError, type Json } from '@cekura-kit/spec'

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

/**
 * Parses JSON or YAML within the limits of `parseText`. Aliases become copies.
 *
 * @throws {SpecError} when it is neither, a key is there twice, or a limit is exceeded
 */
export async function parseDocument(text: string): Promise<Json> {
  const value = await parseText(text)
  // YAML rejects a key that is there twice; JSON takes the last one.
  const duplicate = /^\s*[{[]/.test(text) ? findDuplicateKey(text) : undefined
  if (duplicate !== undefined)
    throw new SpecError(`it has the key ${JSON.stringify(duplicate)} twice`)
  return JSON.parse(JSON.stringify(value ?? null)) as Json
}
