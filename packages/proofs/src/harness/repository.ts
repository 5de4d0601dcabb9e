import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository, with a slash at the end. */
export const repository: string = fileURLToPath(new URL('../../../../', import.meta.url))

interface Manifest {
  name: string
  /** Path of the manifest from the root. */
  path: string
  version: string
  private?: true
  engines?: { node?: string }
  /** Missing from a package that is only a command. */
  exports?: object
}

/** Manifest of each package that a release publishes. */
export function listPublicPackages(root: string = repository): Manifest[] {
  return globSync(['spec', 'packages/*', 'apps/*'], { cwd: root })
    .map((folder): Manifest => {
      const path = join(folder, 'package.json')
      return { ...(JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest), path }
    })
    .filter((manifest) => !manifest.private)
}
