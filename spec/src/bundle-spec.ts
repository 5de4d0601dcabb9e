import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/**
 * Reads an OpenAPI file and the files it references into one document.
 *
 * @param file path of the entry file; default {@link specFile}
 * @throws {SpecError} if a file is missing or cannot be parsed, or a reference cannot be resolved
 */
export async function bundleSpec(file: string = specFile): Promise<BundledSpec> {
  const ref = resolve(file)
  const stats = await stat(ref).catch(() => undefined)
  if (!stats?.isFile()) throw new SpecError(`Cannot read the spec "${file}": file not found.`)
  // Loaded on first use, because loading it takes longer than reading a small document.
  const { bundle, createConfig } = await import('@redocly/openapi-core')
  const {
    bundle: bundled,
    problems,
    fileDependencies,
  } = await bundle({
    ref,
    config: await createConfig({ extends: [] }),
  }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SpecError(`Cannot parse the spec "${file}": ${why}`, {
      cause: error,
    })
  })
  const problem = problems.find(({ severity }) => severity === 'error')
  if (problem) {
    const pointer = problem.location[0]?.pointer
    throw new SpecError(
      `Cannot bundle the spec "${file}": ${problem.message.split('\n')[0]}${pointer ? ` at ${pointer}` : ''}. Fix the reference.`,
    )
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
