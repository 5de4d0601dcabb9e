import { readFile } from 'node:fs/promises'
import { bundleSpec, resolveRef, SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import { isNode } from './schema-view.ts'

/**
 * Reads an OpenAPI 3 document, JSON or YAML, in one file or several.
 *
 * @throws {SpecError} when it is missing, does not parse, is not OpenAPI 3, or a reference leads nowhere
 */
export async function readDocument(file: string): Promise<SpecDocument> {
  const text = await readFile(file, 'utf8').catch(() => '')
  // One self-contained JSON file needs no bundler, which takes seconds for a large one.
  const document =
    text.trimStart().startsWith('{') && !/"\$ref"\s*:\s*"[^#"]/.test(text)
      ? parseJson(file, text)
      : (await bundleSpec(file)).document
  const version = document['openapi'] ?? document['swagger']
  if (!/^3\.[012]\./.test(String(version)))
    throw new SpecError(
      `Cannot use "${file}": its version is ${JSON.stringify(version ?? null)}; give an OpenAPI 3 document`,
    )
  checkReferences(file, document, document)
  return document
}

function checkReferences(file: string, document: SpecDocument, value: Json): void {
  if (Array.isArray(value)) for (const item of value) checkReferences(file, document, item)
  else if (isNode(value))
    for (const [key, child] of Object.entries(value))
      if (key === '$ref' && typeof child === 'string') {
        try {
          resolveRef(document, value)
        } catch (error) {
          throw new SpecError(`Cannot use "${file}": ${(error as Error).message}`, { cause: error })
        }
      } else checkReferences(file, document, child)
}

function parseJson(file: string, text: string): SpecDocument {
  try {
    return JSON.parse(text) as SpecDocument
  } catch (error) {
    throw new SpecError(
      `Cannot parse the spec "${file}": ${(error as Error).message}; correct it there`,
      { cause: error },
    )
  }
}
