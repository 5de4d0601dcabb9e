import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SpecDocument } from '@cekura-kit/spec'
import { compileConsumers } from './compile-consumers.ts'
import { writeConsumers, type ConsumerLine } from './write-consumers.ts'

/** Consumer code of every released version of the major line, relative to the repository. */
export const consumersFolder = 'spec/released/consumers'

const majorOf = (version: string): string => version.split('.')[0]!

async function keptVersions(root: string): Promise<string[]> {
  const names = await readdir(join(root, consumersFolder)).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
}

/** The consumer code that was kept for a version. */
export async function readConsumers(root: string, version: string): Promise<ConsumerLine[]> {
  const text = await readFile(join(root, consumersFolder, `${version}.json`), 'utf8')
  return JSON.parse(text) as ConsumerLine[]
}

/**
 * Keeps the code of a version's consumers next to that of earlier ones; another major starts a new
 * line. Only the `version` script may do this.
 *
 * @param restart an override let a break out below major: earlier consumers are given up
 */
export async function keepConsumers(
  root: string,
  version: string,
  document: SpecDocument,
  restart: boolean,
): Promise<void> {
  const folder = join(root, consumersFolder)
  await mkdir(folder, { recursive: true })
  for (const kept of await keptVersions(root))
    if (restart || majorOf(kept) !== majorOf(version)) await rm(join(folder, `${kept}.json`))
  const lines = writeConsumers(document).map((line) => JSON.stringify(line))
  await writeFile(join(folder, `${version}.json`), `[\n${lines.join(',\n')}\n]\n`)
}

/**
 * Compiles the consumers of every version of the line against the types of the repository.
 *
 * @returns by version what no longer compiles; empty when everything does
 */
export async function findBrokenConsumers(
  root: string,
): Promise<{ version: string; lines: ConsumerLine[] }[]> {
  const versions = await keptVersions(root)
  if (versions.length === 0) return []
  const types = join(root, 'packages/types/src/index.ts')
  const sets = await Promise.all(
    versions.map(async (version) => ({ lines: await readConsumers(root, version), types })),
  )
  const failed = await compileConsumers(sets)
  return versions
    .map((version, index) => ({ version, lines: failed[index]! }))
    .filter(({ lines }) => lines.length > 0)
}
