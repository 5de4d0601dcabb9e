import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleSpec, checkSpec, type SpecDocument } from '@cekura-kit/spec'
import { MockError } from './mock-error.ts'

export interface ReadSpec {
  document: SpecDocument
  /** SHA-256 of the bundled document, in hex; equal to the types' `specDigest` for the same bytes. */
  digest: string
}

/**
 * Reads the document a mock is built from and refuses one that Prism would mock badly.
 *
 * @param file an OpenAPI file; default the document the types were generated from
 * @throws {MockError|SpecError} when it does not parse or has a problem
 */
export async function readSpec(file?: string): Promise<ReadSpec> {
  const text =
    file === undefined
      ? await readFile(fileURLToPath(import.meta.resolve('@cekura-kit/types/openapi.json')), 'utf8')
      : `${JSON.stringify((await bundleSpec(file)).document, null, 2)}\n`
  const document = JSON.parse(text) as SpecDocument
  const [problem, ...more] = checkSpec(document)
  if (problem)
    throw new MockError(
      `Cannot mock ${file ? `"${file}"` : 'the spec'}: ${problem.message} at ${problem.location}${more.length > 0 ? `, and ${more.length} more` : ''}; correct it in the document`,
    )
  return { document, digest: createHash('sha256').update(text).digest('hex') }
}
