import { join } from 'node:path'
import { listPublicPackages, repository } from './repository.ts'
import { runCommand } from './run-command.ts'

/** Where a consumer project gets our packages from. */
export interface PackageSource {
  /** What `package.json` lists for a package of ours. */
  rangeOf(name: string): string
  /** Packages of ours that must not come from the default registry, by name. */
  overrides: { [name: string]: string }
  /** Content of `.npmrc`; empty when none is needed. */
  npmrc: string
  /** Absolute path of the tarball of a package of ours. */
  tarballOf(name: string): Promise<string>
}

const quiet = { DO_NOT_TRACK: '1' }

/**
 * Builds and packs every public package.
 *
 * @param folder where the tarballs go
 */
export async function packPackages(folder: string): Promise<PackageSource> {
  const packages = listPublicPackages()
  const filters = packages.map(({ name }) => `--filter=${name}`)
  await runCommand(repository, 'pnpm', ['exec', 'turbo', 'run', 'build', ...filters], {
    env: quiet,
  })
  await runCommand(repository, 'pnpm', [...filters, 'pack', '--pack-destination', folder])
  const paths = new Map(
    packages.map(({ name, version }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
      return [name, join(folder, file)]
    }),
  )
  const pathOf = (name: string): string => {
    const path = paths.get(name)
    if (path) return path
    throw new Error(`${name} is not a public package. Use one of: ${[...paths.keys()].join(', ')}`)
  }
  return {
    tarballOf: async (name) => pathOf(name),
    rangeOf: (name) => `file:${pathOf(name)}`,
    overrides: Object.fromEntries([...paths].map(([name, path]) => [name, `file:${path}`])),
    npmrc: '',
  }
}
