import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cloneRepository, type Clone } from '../harness/clone-repository.ts'
import { listPublicPackages } from '../harness/repository.ts'

const isLibrary = ({ name }: { name: string }): boolean => name.startsWith('@cekura-kit/')

/**
 * Copies and installs the repository as it was before its first release: without history, versions, changelogs
 * and snapshot, so that the first version is 1.0.0 whatever has been released. The command line is
 * not released: it uses the API like any consumer, so a breaking change breaks it until it follows.
 */
export async function createUnreleasedClone(folder: string): Promise<Clone> {
  const clone = await cloneRepository(folder)
  await clone.git('checkout', '-q', '--orphan', 'unreleased')
  await clone.git('branch', '-q', '-D', 'main')
  await clone.git('branch', '-m', 'main')
  await clone.git('config', 'user.name', 'maintainer')
  await clone.git('config', 'user.email', 'maintainer@example.com')
  const edit = async (path: string, fields: object): Promise<void> => {
    const json = JSON.parse(await clone.read(path)) as object
    await clone.write(path, `${JSON.stringify({ ...json, ...fields }, null, 2)}\n`)
  }
  const packages = listPublicPackages(folder)
  for (const manifest of packages) {
    await edit(manifest.path, { version: '0.0.0', private: !isLibrary(manifest) })
    await rm(join(folder, manifest.path, '../CHANGELOG.md'), { force: true })
  }
  await edit('.changeset/config.json', { fixed: [['@cekura-kit/*']] })
  await clone.run('sh', '-c', 'rm -rf spec/released spec/overrides.json .changeset/*.md')
  await clone.write('spec/deviations.json', '[]\n')
  const names = packages.filter(isLibrary).map(({ name }) => `'${name}': major`)
  const changeset = `---\n${names.join('\n')}\n---\n\nFirst release.\n`
  await clone.write('.changeset/first-release.md', changeset)
  await clone.commit('Before the first release')
  await clone.run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
  return clone
}
