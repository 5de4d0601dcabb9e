import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BaseResolver } from '@redocly/openapi-core'
import { countValues, maxTextBytes, parseText } from './parse-text.ts'
import { SpecError } from './spec-error.ts'

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
/** An OpenAPI document as plain data. */
export type SpecDocument = { [key: string]: Json }

export interface BundledSpec {
  /** The whole document, with internal references only. */
  document: SpecDocument
  /** Absolute paths of every file it was read from, the entry first. */
  files: string[]
}

/** Absolute path of the hand-written `openapi.yaml`. */
export const specFile: string = fileURLToPath(new URL('../openapi.yaml', import.meta.url))

const maxFiles = 1000
const deadlineMs = 30_000

const isInside = (folder: string, file: string): boolean => {
  const path = relative(folder, file)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

/** Reads the files of one document within all limits. Messages end without a file name. */
function createFileReader(entry: string) {
  const startedMs = performance.now()
  let files = 0
  let bytes = 0
  let roots: string[] | undefined
  return async (file: string): Promise<string> => {
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(file))
      throw new SpecError(`"${file}" is on the network. Download it next to the spec`)
    roots ??= [await realpath(dirname(entry)), dirname(await realpath(entry))]
    const path = await realpath(file).catch(() => {
      throw new SpecError(`"${file}" not found`)
    })
    if (!roots.some((root) => isInside(root, path)))
      throw new SpecError(`"${file}" is outside the folder of the spec. Move it there`)
    const stats = await stat(path)
    if (!stats.isFile()) throw new SpecError(`"${file}" is not a regular file`)
    bytes += stats.size
    if (bytes > maxTextBytes) throw new SpecError(`larger than ${maxTextBytes} bytes in total`)
    if (++files > maxFiles) throw new SpecError(`more than ${maxFiles} files`)
    if (performance.now() - startedMs > deadlineMs)
      throw new SpecError(`reading took longer than ${deadlineMs} ms`)
    return readFile(path, 'utf8')
  }
}

/** Redocly's resolver, with its access to files and network replaced. */
async function createResolver(entry: string): Promise<BaseResolver> {
  const { BaseResolver: Resolver, ResolveError, Source } = await import('@redocly/openapi-core')
  const read = createFileReader(entry)
  return new (class extends Resolver {
    override async loadExternalRef(file: string) {
      try {
        const text = (await read(file)).replaceAll('\r\n', '\n')
        // Before the library parses it again: its own traversal has no limits.
        if (/\.(?:ya?ml|json)$/i.test(file) || file === entry) await parseText(text)
        return new Source(file, text)
      } catch (error) {
        throw new ResolveError(error as Error)
      }
    }
  })()
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!

/**
 * Reads an OpenAPI file and the files it references into one document. Safe for a document from
 * elsewhere: it reads no network and no file outside the folder of the entry, at most 16 MiB in
 * 1000 files, a million values and 200 levels, and stops after 30 seconds.
 *
 * @param file path of the entry file; default {@link specFile}
 * @throws {SpecError} if a file is missing or cannot be parsed, a reference cannot be resolved, or a
 * limit is exceeded
 */
export async function bundleSpec(file: string = specFile): Promise<BundledSpec> {
  const ref = resolve(file)
  const stats = await stat(ref).catch(() => undefined)
  if (!stats?.isFile()) throw new SpecError(`Cannot read the spec "${file}": file not found.`)
  // Loaded on first use, because loading it takes longer than reading a small document.
  const { bundle, createConfig } = await import('@redocly/openapi-core')
  const externalRefResolver = await createResolver(ref)
  const {
    bundle: bundled,
    problems,
    fileDependencies,
  } = await bundle({
    ref,
    config: await createConfig({ extends: [] }),
    externalRefResolver,
  }).catch((error: unknown) => {
    throw new SpecError(`Cannot parse the spec "${file}": ${firstLine(error)}`, { cause: error })
  })
  const problem = problems.find(({ severity }) => severity === 'error')
  if (problem) {
    const pointer = problem.location[0]?.pointer
    throw new SpecError(
      `Cannot bundle the spec "${file}": ${firstLine(problem.message)}${pointer ? ` at ${pointer}` : ''}. Fix the reference.`,
    )
  }
  try {
    countValues(bundled.parsed)
  } catch (error) {
    throw new SpecError(`Cannot use the spec "${file}": ${firstLine(error)}.`, { cause: error })
  }
  const document: unknown = JSON.parse(JSON.stringify(bundled.parsed))
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new SpecError(
      `Cannot read the spec "${file}": expected an OpenAPI document that starts with "openapi: 3.1.1".`,
    )
  return {
    document: document as SpecDocument,
    files: [ref, ...[...fileDependencies].filter((path) => path !== ref)],
  }
}
