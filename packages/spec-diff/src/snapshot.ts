import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { digestSpec, generatorOptions, generatorVersion } from '@cekura-kit/types/generator'
import type { Contract } from './diff-specs.ts'

/** Where the released bytes lie, relative to the repository. */
export const snapshotFolder = 'spec/released'

const contents = ['openapi.json', 'schema.ts'] as const

interface Meta {
  /** Version of `@cekura-kit/types` that shipped these bytes. */
  version: string
  generator: { version: string; options: { [name: string]: unknown } }
  /** SHA-256 in hex by file. */
  sha256: { [file: string]: string }
}

export interface Snapshot extends Contract {
  meta: Meta
}

const read = (root: string, name: string): Promise<string> =>
  readFile(join(root, snapshotFolder, name), 'utf8')

/**
 * Reads what the last release shipped.
 *
 * @returns undefined before the first release
 * @throws {SpecError} when a file is missing or is not what `meta.json` says
 */
export async function readSnapshot(root: string): Promise<Snapshot | undefined> {
  const text = await read(root, 'meta.json').catch(() => undefined)
  if (text === undefined) return undefined
  const meta = JSON.parse(text) as Meta
  const [json, schema] = await Promise.all(
    contents.map(async (name) => {
      const bytes = await read(root, name).catch(() => '')
      if (digestSpec(bytes) !== meta.sha256[name])
        throw new SpecError(
          `Cannot trust ${snapshotFolder}/${name}: its hash is not the one in meta.json; restore it with \`git checkout -- ${snapshotFolder}\``,
        )
      return bytes
    }),
  )
  return { meta, document: JSON.parse(json!) as SpecDocument, schema: schema! }
}

/** Makes a contract the released one. Only the `version` script may do this. */
export async function writeSnapshot(
  root: string,
  version: string,
  contract: Contract,
): Promise<void> {
  const files = {
    'openapi.json': `${JSON.stringify(contract.document, null, 2)}\n`,
    'schema.ts': contract.schema,
  }
  const meta: Meta = {
    version,
    generator: { version: generatorVersion, options: generatorOptions },
    sha256: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, digestSpec(text)]),
    ),
  }
  await mkdir(join(root, snapshotFolder), { recursive: true })
  for (const [name, text] of Object.entries({
    ...files,
    'meta.json': `${JSON.stringify(meta, null, 2)}\n`,
  }))
    await writeFile(join(root, snapshotFolder, name), text)
}

const run = promisify(execFile)

/** Every commit of this branch and of main that changed the snapshot, the newest first; a shallow clone shows fewer. */
async function* pastSnapshots(root: string): AsyncGenerator<{ commit: string; meta: Meta }> {
  const file = `${snapshotFolder}/meta.json`
  const refs = ['HEAD', 'main', 'origin/main']
  const commits = await git(root, 'log', '--ignore-missing', ...refs, '--format=%H', '--', file)
  for (const commit of commits.split('\n').filter(Boolean)) {
    const text = await git(root, 'show', `${commit}:${file}`)
    if (text) yield { commit, meta: JSON.parse(text) as Meta }
  }
}

const git = async (root: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: root, maxBuffer: 1 << 28 }).catch(() => ({ stdout: '' }))).stdout

/** Whether history knows this version with other bytes: a version has one snapshot for ever. */
export async function wasMoved(root: string, { meta }: Snapshot): Promise<boolean> {
  for await (const { meta: past } of pastSnapshots(root))
    if (
      past.version === meta.version &&
      JSON.stringify(past.sha256) !== JSON.stringify(meta.sha256)
    )
      return true
  return false
}

/** The snapshot of an earlier version, from history; undefined when history does not have it. */
export async function pastSnapshot(root: string, version: string): Promise<Snapshot | undefined> {
  for await (const { commit, meta } of pastSnapshots(root)) {
    if (meta.version !== version) continue
    const [json, schema] = await Promise.all(
      contents.map((name) => git(root, 'show', `${commit}:${snapshotFolder}/${name}`)),
    )
    return { meta, document: JSON.parse(json!) as SpecDocument, schema: schema! }
  }
  return undefined
}
