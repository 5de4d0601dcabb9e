import { realpath } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { bundleSpec, SpecError, type SpecDocument } from '@cekura-kit/spec'
import { documentLimits } from './document-limits.ts'
import { field, follow, isNode } from './node.ts'
import { parseDocument } from './parse-document.ts'
import { isUrl, printSource, readText } from './read-text.ts'

/**
 * Reads an OpenAPI 3 document, JSON or YAML. A file may refer to other files of its folder; nothing
 * is fetched but a URL that is given as the source.
 *
 * @param source path or http(s) URL
 * @throws {SpecError} when it cannot be used: it is missing, empty, malformed, passes one of
 * {@link documentLimits}, is not OpenAPI 3, or a reference leads nowhere
 */
export async function readDocument(source: string): Promise<SpecDocument> {
  const at = printSource(source)
  const { value, external } = await parseDocument(source, await readText(source))
  const version = field(value, 'openapi') ?? field(value, 'swagger')
  if (!isNode(value) || !/^3\.[012](\.|$)/.test(String(version)))
    throw new SpecError(
      `${at} is not an OpenAPI 3 document: its version is ${JSON.stringify(version ?? null)}.`,
    )
  if (external.length > 0) {
    if (isUrl(source)) throw leadsOut(source, external[0]!)
    await checkFiles(source, external)
  }
  const document = external.length > 0 ? (await bundleSpec(source)).document : value
  checkReferences(at, document)
  return document
}

const leadsOut = (source: string, reference: string): SpecError =>
  new SpecError(
    `The reference "${reference.slice(0, 80)}" leads out of ${printSource(source)}. Bundle the document first.`,
  )

/** Reads every file that a document refers to, within its folder and the limits. */
async function checkFiles(entry: string, references: readonly string[]): Promise<void> {
  const root = await realpath(dirname(resolve(entry)))
  const seen = new Set<string>()
  const visit = async (from: string, reference: string): Promise<void> => {
    const [file] = reference.split('#')
    const path = resolve(dirname(from), decodeURIComponent(file!))
    const real = await realpath(path).catch(() => path)
    if (isUrl(reference) || reference.startsWith('//') || relative(root, real).startsWith('..'))
      throw leadsOut(entry, reference)
    if (seen.has(real)) return
    seen.add(real)
    if (seen.size > documentLimits.files)
      throw new SpecError(`${printSource(entry)} refers to more than ${documentLimits.files} files.`)
    const { external } = await parseDocument(real, await readText(real))
    for (const next of external) await visit(real, next)
  }
  for (const reference of references) await visit(resolve(entry), reference)
}

/** Keys below which `$ref` is data. */
const data = new Set(['example', 'default', 'const', 'enum', 'value'])

function checkReferences(at: string, document: SpecDocument): void {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (isNode(value as never) && typeof field(value as never, '$ref') === 'string')
      try {
        follow(document, value as never)
      } catch (error) {
        throw new SpecError(`Cannot use ${at}. ${(error as Error).message}`, { cause: error })
      }
    for (const [key, child] of Object.entries(value)) if (!data.has(key)) visit(child)
  }
  visit(document)
}
