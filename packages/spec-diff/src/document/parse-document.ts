import { parseText, SpecError, type Json } from '@cekura-kit/spec'
import { printSource } from './read-text.ts'
import { documentLimits } from './document-limits.ts'
import { isNode } from './node.ts'

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
 * Parses JSON or YAML. Aliases become copies.
 *
 * @returns the value, and every reference that leads out of it
 * @throws {SpecError} when it is neither, a key is there twice, or a limit is passed
 */
export async function parseDocument(
  source: string,
  text: string,
): Promise<{ value: Json; external: string[] }> {
  const at = printSource(source)
  const value = (await parseText(text).catch((error: unknown) => {
    throw new SpecError(`${at} is neither JSON nor YAML: ${(error as Error).message}`)
  })) as Json
  const duplicate = /^\s*[{[]/.test(text) ? findDuplicateKey(text) : undefined
  if (duplicate !== undefined)
    throw new SpecError(`${at} has the key ${JSON.stringify(duplicate)} twice. Remove one.`)
  const external = inspect(at, value)
  // Aliases were shared values; each place now has its own.
  return { value: JSON.parse(JSON.stringify(value ?? null)) as Json, external }
}

/** Data in which a reference is no reference. */
const data = new Set(['example', 'default', 'const', 'enum', 'value'])

/** Counts values before anything copies them, and collects references to other documents. */
function inspect(at: string, root: Json): string[] {
  const external: string[] = []
  let values = 0
  const visit = (value: Json, depth: number): void => {
    values += 1
    if (values > documentLimits.values)
      throw new SpecError(
        `${at} expands to more than ${documentLimits.values / 1e6} million values. Remove its aliases.`,
      )
    if (typeof value !== 'object' || value === null) return
    if (depth > documentLimits.depth)
      throw new SpecError(`${at} is nested deeper than ${documentLimits.depth} levels.`)
    if (Array.isArray(value)) for (const item of value) visit(item, depth + 1)
    else
      for (const [key, child] of Object.entries(value)) {
        if (key === '$ref' && typeof child === 'string' && !child.startsWith('#')) external.push(child)
        if (!(data.has(key) && isNode(child))) visit(child, depth + 1)
      }
  }
  visit(root, 0)
  return external
}
