import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import {
  digestSpec,
  generatorOptions,
  generatorVersion,
  type GeneratedFile,
} from '@cekura-kit/types/generator'

/** Where the released document is stored, relative to the repository. */
export const snapshotFolder = 'spec/released'
const documentFile = 'openapi.json'

interface Meta {
  /** Version of the packages that shipped these bytes. */
  version: string
  generator: { version: string; options: { [name: string]: unknown } }
  /** SHA-256 in hex: of `openapi.json`, and of all generated TypeScript. */
  sha256: { document: string; types: string }
}

export interface Snapshot {
  document: SpecDocument
  meta: Meta
}

const read = (root: string, name: string): Promise<string> =>
  readFile(join(root, snapshotFolder, name), 'utf8')

/** One digest of all generated TypeScript. */
export const digestTypes = (files: readonly GeneratedFile[]): string =>
  digestSpec(
    files
      .filter(({ path }) => path.endsWith('.ts'))
      .map(({ path, text }) => `${path}\n${text}`)
      .join('\n'),
  )

const documentText = (document: SpecDocument): string => `${JSON.stringify(document, null, 2)}\n`

/**
 * Reads what the last release shipped.
 *
 * @returns undefined before the first release
 * @throws {SpecError} when the document is missing or does not match `meta.json`
 */
export async function readSnapshot(root: string): Promise<Snapshot | undefined> {
  const text = await read(root, 'meta.json').catch(() => undefined)
  if (text === undefined) return undefined
  const meta = JSON.parse(text) as Meta
  const json = await read(root, documentFile).catch(() => '')
  if (digestSpec(json) !== meta.sha256.document)
    throw new SpecError(
      `${snapshotFolder}/${documentFile} does not match the hash in meta.json. Restore it with \`git checkout -- ${snapshotFolder}\`.`,
    )
  return { meta, document: JSON.parse(json) as SpecDocument }
}

/** Makes a document the released one. Only the `version` script may do this. */
export async function writeSnapshot(
  root: string,
  version: string,
  document: SpecDocument,
  files: readonly GeneratedFile[],
): Promise<void> {
  const json = documentText(document)
  const meta: Meta = {
    version,
    generator: { version: generatorVersion, options: generatorOptions },
    sha256: { document: digestSpec(json), types: digestTypes(files) },
  }
  const folder = join(root, snapshotFolder)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, documentFile), json)
  await writeFile(join(folder, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`)
}

const run = promisify(execFile)

const git = async (root: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: root, maxBuffer: 1 << 28 }).catch(() => ({ stdout: '' }))).stdout

/** Whether history has this version with other bytes: a version has one snapshot. */
export async function wasRewritten(root: string, { meta }: Snapshot): Promise<boolean> {
  const file = `${snapshotFolder}/meta.json`
  const refs = ['HEAD', 'main', 'origin/main']
  const commits = await git(root, 'log', '--ignore-missing', ...refs, '--format=%H', '--', file)
  for (const commit of commits.split('\n').filter(Boolean)) {
    const text = await git(root, 'show', `${commit}:${file}`)
    const past = text ? (JSON.parse(text) as Meta) : meta
    if (past.version === meta.version && past.sha256.document !== meta.sha256.document) return true
  }
  return false
}
