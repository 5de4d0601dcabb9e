import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('peers', import.meta.url))
const document = fileURLToPath(new URL('../../../spec/openapi.yaml', import.meta.url))

/** Installs the peers into a folder of their own, so that nothing else in the repository has them. */
export function installPeers(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cekura-bench-')))
  cpSync(here, folder, { recursive: true })
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const bin = (name: string): string => join(folder, 'node_modules', '.bin', name)
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error')
  // What a user of hey-api generates, from the document that everything else here comes from.
  run(bin('openapi-ts'), '-i', document, '-o', 'generated', '-c', '@hey-api/client-fetch', '-s')
  run(bin('esbuild'), 'hey-api.entry.js', '--bundle', '--format=esm', '--outfile=hey-api.js')
  return folder
}
