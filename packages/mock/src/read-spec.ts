import { createHash } from 'node:crypto'
import { bundleSpec, checkSpec, type SpecDocument } from '@cekura-kit/spec'
import { specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { MockError } from './mock-error.ts'

export interface ReadSpec {
  document: SpecDocument
  /** SHA-256 of the bundled document, in hex; equal to the types' `specDigest` for the same bytes. */
  digest: string
  /** Absolute paths of the files it was read from, empty for the document of the package. */
  files: string[]
}

/**
 * Reads a document without checking it.
 *
 * @param file an OpenAPI file; default the document the types were generated from
 * @throws {SpecError} if it cannot be read
 */
export async function bundleDocument(file?: string): Promise<ReadSpec> {
  if (file === undefined)
    return { document: bundled as unknown as SpecDocument, digest: specDigest, files: [] }
  const { document, files } = await bundleSpec(file)
  // The bytes that `pnpm generate` writes as `openapi.json`.
  const text = `${JSON.stringify(document, null, 2)}\n`
  return { document, digest: createHash('sha256').update(text).digest('hex'), files }
}

/**
 * Reads the document of a mock. One that Prism would mock wrongly is an error.
 *
 * @throws {MockError|SpecError} if it cannot be read or has a problem
 */
export async function readSpec(file?: string): Promise<ReadSpec> {
  const read = await bundleDocument(file)
  const [problem, ...more] = checkSpec(read.document)
  if (problem)
    throw new MockError(
      `Cannot mock ${file ? `"${file}"` : 'the spec'}: ${problem.message} at ${problem.location}${more.length > 0 ? `, and ${more.length} more problems` : ''}. Run cekura-mock check to see all.`,
    )
  return read
}
