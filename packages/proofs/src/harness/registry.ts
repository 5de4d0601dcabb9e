import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackageSource } from './package-source.ts'
import { runCommand, startCommand } from './run-command.ts'

export interface Registry extends AsyncDisposable {
  url: string
  /** Our packages from here, in a range such as `^1.0.0` or `latest`; all others from the default registry. */
  source(range: string): PackageSource
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
  const host = `127.0.0.1:${server.ready}/`
  const npmrc = `@cekura-kit:registry=http://${host}\n//${host}:_authToken=nobody\n`
  return {
    url: `http://${host}`,
    source: (range) => ({
      rangeOf: () => range,
      overrides: {},
      npmrc,
      async tarballOf(name) {
        const args = ['pack', `${name}@latest`, '--json', `--registry=http://${host}`]
        const [{ filename }] = JSON.parse(await runCommand(folder, 'npm', args)) as [
          { filename: string },
        ]
        return join(folder, filename)
      },
    }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
