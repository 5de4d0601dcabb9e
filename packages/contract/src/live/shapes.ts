import { readFile, writeFile } from 'node:fs/promises'
import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import { isJson, readContract, responseOf } from '../document/contract-document.ts'
import { UsageError } from '../suite/errors.ts'
import type { TestRequest, TestResponse } from '../target/request.ts'

const maxDepth = 12
/** A property name or an enum value; anything else could be personal data. */
const isName = (text: string): boolean => /^[A-Za-z_][\w-]{0,63}$/.test(text)

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/**
 * What a body shows: the JSON type of each place, values of documented enums, and documented
 * properties that are missing. Never any other value.
 */
function shapeOf(document: SpecDocument, schema: Json | undefined, body: unknown): Set<string> {
  const found = new Set<string>()
  const visit = (value: unknown, at: string, own: Json | undefined, depth: number): void => {
    const node = resolveRef(document, own)
    found.add(`${at || '.'} is ${typeOf(value)}`)
    if (typeof value === 'string' && Array.isArray(node['enum']))
      found.add(`${at} equals ${isName(value) ? value : 'another value'}`)
    if (depth === maxDepth || typeof value !== 'object' || value === null) return
    if (Array.isArray(value))
      return value.forEach((item) => visit(item, `${at}[]`, node['items'], depth + 1))
    const properties = resolveRef(document, node['properties'])
    for (const name of Object.keys(properties))
      if (!Object.hasOwn(value, name)) found.add(`${at}.${name} is missing`)
    for (const [name, child] of Object.entries(value)) {
      const own = Object.hasOwn(properties, name) ? properties[name] : node['additionalProperties']
      visit(child, `${at}.${isName(name) ? name : '*'}`, own, depth + 1)
    }
  }
  visit(body, '', schema, 0)
  return found
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Collects the shapes of responses. 429 and 5xx occur by chance and are left out. */
export function createShapeCollector(document: SpecDocument) {
  const { operationsAt } = readContract(document)
  const shapes = new Set<string>()
  return {
    add({ method = 'GET', path }: TestRequest, { status, headers, text }: TestResponse): void {
      const operation = operationsAt(path).find((one) => one.method === method)
      if (!operation || status === 429 || status >= 500) return
      const mediaType = (headers.get('content-type') ?? 'no content type').split(';')[0]!.trim()
      const name = `${operation.operationId} ${status} ${mediaType}`
      shapes.add(name)
      if (!isJson(mediaType)) return
      const schema = responseOf(operation, status)?.content[mediaType]
      for (const line of shapeOf(document, schema, parse(text))) shapes.add(`${name} ${line}`)
    },
    shapes: (): string[] => [...shapes].sort(),
  }
}

/**
 * Reads the shapes of earlier runs, undefined if the file does not exist.
 *
 * @throws {UsageError} if the file does not contain shapes
 */
export async function readShapes(file: string): Promise<string[] | undefined> {
  const content = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    if (code === 'ENOENT') return undefined
    throw new UsageError(`Cannot read "${file}": ${code}. Pass a file that --shapes wrote.`)
  })
  if (content === undefined) return undefined
  const shapes = parse(content)
  if (Array.isArray(shapes) && shapes.every((line) => typeof line === 'string')) return shapes
  throw new UsageError(`"${file}" does not contain shapes. Pass a file that --shapes wrote.`)
}

/** Writes shapes, one per line. */
export const writeShapes = (file: string, shapes: readonly string[]): Promise<void> =>
  writeFile(file, `${JSON.stringify(shapes, null, 2)}\n`)
