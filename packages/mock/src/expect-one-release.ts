import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MockError } from './mock-error.ts'

/** Our packages in `node_modules` of a folder, and the copies below them, by place. */
async function listInstalled(folder: string): Promise<{ place: string; version: string }[]> {
  const scope = join(folder, 'node_modules/@cekura-kit')
  const names = await readdir(scope).catch(() => [])
  const found = await Promise.all(
    names.map(async (name) => {
      const manifest = await readFile(join(scope, name, 'package.json'), 'utf8').catch(() => '{}')
      const { version = '' } = JSON.parse(manifest) as { version?: string }
      const below = (await listInstalled(join(scope, name))).map(({ place, ...rest }) => ({
        place: `${name} > ${place}`,
        ...rest,
      }))
      return version === '' ? below : [{ place: name, version }, ...below]
    }),
  )
  return found.flat()
}

/**
 * Checks that a project and the folders above it have packages of one major version.
 *
 * @throws {MockError} with the place and version of each package otherwise
 */
export async function expectOneRelease(folder: string): Promise<void> {
  const above = dirname(folder)
  const installed = await listInstalled(folder)
  const majors = new Set(installed.map(({ version }) => version.split('.')[0]))
  if (majors.size > 1) {
    const list = installed.map(({ place, version }) => `${place} ${version}`).join(', ')
    throw new MockError(
      `Several major versions of @cekura-kit are installed in ${folder}: ${list}. Expected one: install all packages with the same range.`,
    )
  }
  if (installed.length === 0 && above !== folder) await expectOneRelease(above)
}
