import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readCommands } from './guides.ts'
import type { Registry } from './registry.ts'
import { repository } from './repository.ts'
import { runCommand } from './run-command.ts'

/**
 * Packs every public package as the guide says, which builds it, and publishes the tarballs.
 *
 * @param folder where the tarballs go
 * @returns absolute path of each tarball
 */
export async function publishPackages(folder: string, registry: Registry): Promise<string[]> {
  const [pack] = await readCommands('docs/publishing.md', 'pack')
  await mkdir(folder)
  await runCommand(repository, 'sh', ['-c', pack!.replace(/tarballs$/, folder)])
  const files = await readdir(folder)
  await registry.configurePublishing(folder)
  await Promise.all(files.map((file) => runCommand(folder, 'npm', ['publish', `./${file}`])))
  return files.map((file) => join(folder, file))
}
