import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBlock } from './guides.ts'
import { runCommand, startCommand } from './run-command.ts'

export interface Registry extends AsyncDisposable {
  url: string
  /** Lets a folder install our packages from here, and everything else from its usual registry. */
  configure(folder: string): Promise<void>
  /** Lets a folder publish here, packages without a scope included. */
  configurePublishing(folder: string): Promise<void>
}

/**
 * Starts Verdaccio on a free port of this machine, with what it stores inside the folder.
 *
 * @param folder an empty one
 */
export async function startRegistry(folder: string): Promise<Registry> {
  const files = fileURLToPath(new URL('../../consumers/registry/', import.meta.url))
  await cp(files, folder, { recursive: true })
  await runCommand(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
  const args = ['registry.js', `${folder}/storage`]
  const server = await startCommand(folder, process.execPath, args, /^port (\d+)$/m)
  const host = `127.0.0.1:${server.ready}`
  const readNpmrc = async (guide: string): Promise<string> =>
    (await readBlock(guide, '.npmrc'))
      .replaceAll('https://npm.example.internal', `http://${host}`)
      .replaceAll('npm.example.internal', host)
      .replace('${NPM_TOKEN}', 'any-token')
  return {
    url: `http://${host}/`,
    configure: async (consumer) =>
      writeFile(join(consumer, '.npmrc'), await readNpmrc('docs/consuming.md')),
    configurePublishing: async (clone) =>
      writeFile(
        join(clone, '.npmrc'),
        `registry=http://${host}/\n${await readNpmrc('docs/publishing.md')}`,
      ),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
