import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBlock, readCommands } from '../harness/guides.ts'
import type { Registry } from '../harness/registry.ts'
import { runCommand } from '../harness/run-command.ts'
import type { Transcript } from './transcript.ts'

/** The repository of a team that uses the kit. */
export interface Service {
  folder: string
  transcript: Transcript
  commit(): Promise<void>
}

/** Copies `consumers/service` out of the repository, installs it, and tests it as its CI does. */
export async function createService(
  folder: string,
  registry: Registry,
  transcript: Transcript,
): Promise<Service> {
  const files = fileURLToPath(new URL('../../consumers/service/', import.meta.url))
  await cp(files, folder, { recursive: true })
  const config = 'vitest.config.ts'
  await writeFile(join(folder, config), await readBlock('docs/consuming.md', config))
  await writeFile(join(folder, '.gitignore'), 'node_modules\n')
  await registry.configure(folder)
  const author = ['-c', 'user.name=team', '-c', 'user.email=team@example.com']
  const commit = async (): Promise<void> => {
    await runCommand(folder, 'git', ['add', '--all'])
    await runCommand(folder, 'git', [...author, 'commit', '--quiet', '--message', 'Work'])
  }
  await runCommand(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
  await runCommand(folder, 'git', ['init', '--quiet'])
  await commit()
  for (const command of await readCommands('docs/consuming.md', 'ci.yml'))
    await transcript.run(folder, command)
  transcript.take()
  return { folder, transcript, commit }
}
