import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProbes } from './run-probes.ts'
import { snapshotFolder } from './snapshot.ts'
import { writeProbes, type Probe } from './write-probes.ts'

/** Consumer code of every version of the major line that is out, relative to the repository. */
export const probesFolder = `${snapshotFolder}/probes`

const major = (version: string): string => version.split('.')[0]!

/** Versions whose consumers are kept. */
async function keptVersions(root: string): Promise<string[]> {
  const names = await readdir(join(root, probesFolder)).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
}

/**
 * Keeps what consumers of a version write beside what those of earlier ones did; another major
 * starts a new line. Only the `version` script may do this.
 *
 * @param anew an override let a break out below major: earlier consumers are given up
 */
export async function keepProbes(
  root: string,
  version: string,
  schema: string,
  anew: boolean,
): Promise<void> {
  const folder = join(root, probesFolder)
  await mkdir(folder, { recursive: true })
  for (const kept of await keptVersions(root))
    if (anew || major(kept) !== major(version)) await rm(join(folder, `${kept}.json`))
  const probes = writeProbes(schema).filter(({ strict }) => !strict)
  const lines = probes.map((probe) => JSON.stringify(probe))
  await writeFile(join(folder, `${version}.json`), `[\n${lines.join(',\n')}\n]\n`)
}

/**
 * Compiles the consumers of every version of the line against other types.
 *
 * @returns by version what no longer compiles; empty when everything does
 */
export async function brokenConsumers(
  root: string,
  schema: string,
): Promise<{ version: string; probes: Probe[] }[]> {
  const versions = await keptVersions(root)
  const sets = await Promise.all(
    versions.map(async (version) => {
      const text = await readFile(join(root, probesFolder, `${version}.json`), 'utf8')
      return { before: JSON.parse(text) as Probe[], after: schema }
    }),
  )
  if (sets.length === 0) return []
  const failed = await runProbes(sets)
  return versions
    .map((version, index) => ({ version, probes: failed[index]! }))
    .filter(({ probes }) => probes.length > 0)
}
