import { createHash } from 'node:crypto'
import { bundleSpec, checkSpec, type SpecDocument } from '@cekura-kit/spec'
import { specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { MockError } from './mock-error.ts'

export interface ReadSpec {
  document: SpecDocument
  /** SHA-256 of the bundled document, in hex; equal to the types' `specDigest` for the same bytes. */
  digest: string
}

async function bundle(file: string): Promise<ReadSpec> {
  const { document } = await bundleSpec(file)
  // The bytes that `pnpm generate` would write as `openapi.json`.
  const text = `${JSON.stringify(document, null, 2)}\n`
  return { document, digest: createHash('sha256').update(text).digest('hex') }
}

/**
 * Reads the document a mock is built from and refuses one that Prism would mock badly.
 *
 * @param file an OpenAPI file; default the document the types were generated from
 * @throws {MockError|SpecError} when it does not parse or has a problem
 */
export async function readSpec(file?: string): Promise<ReadSpec> {
  const { document, digest } =
    file === undefined ? { document: bundled, digest: specDigest } : await bundle(file)
  const [problem, ...more] = checkSpec(document)
  if (problem)
    throw new MockError(
      `Cannot mock ${file ? `"${file}"` : 'the spec'}: ${problem.message} at ${problem.location}${more.length > 0 ? `, and ${more.length} more` : ''}; correct it in the document`,
    )
  return { document, digest }
}
