import { spawn } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './run-command.ts'

const assets = fileURLToPath(new URL('../../consumers/registry/', import.meta.url))

export interface Registry extends AsyncDisposable {
  url: string
  /** What a project's `.npmrc` must say to get our packages, and only ours, from here. */
  npmrc: string
}

/**
 * Starts a Verdaccio that serves this machine alone and keeps everything in the folder.
 *
 * @param folder an empty one
 */
export async function startRegistry(folder: string): Promise<Registry> {
  await mkdir(folder, { recursive: true })
  for (const name of ['package.json', 'registry.js'])
    await cp(join(assets, name), join(folder, name))
  await runCommand(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
  const child = spawn(process.execPath, ['registry.js', join(folder, 'storage')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const port = await new Promise<string>((resolve, reject) => {
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const found = /^port (\d+)$/m.exec(said)?.[1]
        if (found) resolve(found)
      })
    void ended.then(() => reject(new Error(`The registry ended before it listened:\n${said}`)))
  })
  const address = `127.0.0.1:${port}/`
  return {
    url: `http://${address}`,
    npmrc: `@cekura-kit:registry=http://${address}\n//${address}:_authToken=nobody\n`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
