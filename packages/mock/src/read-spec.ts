import { createHash } from 'node:crypto'
import { bundleSpec, checkSpec, type SpecDocument } from '@cekura-kit/spec'
import { specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { MockError } from './mock-error.ts'

export interface ReadSpec {
  document: SpecDocument
  /** SHA-256 of the bundled document, in hex; equal to the types' `specDigest` for the same bytes. */
  digest: string
  /** Absolute paths of what it was read from, empty for the document of the package. */
  files: string[]
}

/**
 * Reads a document as it is.
 *
 * @param file an OpenAPI file; default the document the types were generated from
 * @throws {SpecError} when it cannot be read
 */
export async function bundleDocument(file?: string): Promise<ReadSpec> {
  if (file === undefined)
    return { document: bundled as unknown as SpecDocument, digest: specDigest, files: [] }
  const { document, files } = await bundleSpec(file)
  // The bytes that `pnpm generate` would write as `openapi.json`.
  const text = `${JSON.stringify(document, null, 2)}\n`
  return { document, digest: createHash('sha256').update(text).digest('hex'), files }
}

/**
 * Reads the document a mock is built from and refuses one that Prism would mock badly.
 *
 * @throws {MockError|SpecError} when it cannot be read or has a problem
 */
export async function readSpec(file?: string): Promise<ReadSpec> {
  const read = await bundleDocument(file)
  const [problem, ...more] = checkSpec(read.document)
  if (problem)
    throw new MockError(
      `Cannot mock ${file ? `"${file}"` : 'the spec'}: ${problem.message} at ${problem.location}${more.length > 0 ? `, and ${more.length} more` : ''}; correct it in the document`,
    )
  return read
}
