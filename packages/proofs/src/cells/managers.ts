import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readBlock } from '../harness/guides.ts'
import type { Registry } from '../harness/registry.ts'

type Command = readonly [string, ...string[]]

/** How a package manager installs a project and runs its programs. */
export interface Manager {
  /** Files that it needs in the project, those of the guide included. */
  configure(folder: string, registry: Registry): Promise<void>
  install: Command
  /** Starts a program of the project; default Node. */
  node?: Command
  env?: NodeJS.ProcessEnv
}

const guide = 'docs/consuming.md'

const npmrc = (folder: string, registry: Registry): Promise<void> => registry.configure(folder)

const configureYarn4 =
  (nodeLinker: string) =>
  async (folder: string, registry: Registry): Promise<void> => {
    const text = await readBlock(guide, '.yarnrc.yml')
    const url = registry.url.replace(/\/$/, '')
    await writeFile(
      join(folder, '.yarnrc.yml'),
      `${text.replace(/^nodeLinker: .*$/m, `nodeLinker: ${nodeLinker}`)}
npmScopes:
  cekura-kit:
    npmRegistryServer: ${url}
unsafeHttpWhitelist: [127.0.0.1]
enableTelemetry: false
`,
    )
    await writeFile(join(folder, 'yarn.lock'), '')
  }

/** @param tools folder of `consumers/managers`, installed */
export function listManagers(tools: string): { [name: string]: Manager } {
  const yarn = (name: string): Command => [process.execPath, join(tools, 'node_modules', name)]
  const yarn4 = [...yarn('@yarnpkg/cli-dist/bin/yarn.js')] as const
  const yarn1 = [...yarn('yarn/bin/yarn.js')] as const
  const bun = join(tools, 'node_modules/.bin/bun')

  return {
    npm: {
      configure: npmrc,
      install: ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    },
    pnpm: {
      async configure(folder, registry) {
        await npmrc(folder, registry)
        await appendFile(
          join(folder, 'pnpm-workspace.yaml'),
          await readBlock(guide, 'pnpm-workspace.yaml'),
        )
      },
      install: ['pnpm', 'install'],
    },
    yarn1: { configure: npmrc, install: [...yarn1, 'install', '--no-progress'] },
    yarn4: { configure: configureYarn4('node-modules'), install: [...yarn4, 'install'] },
    yarnPnp: {
      configure: configureYarn4('pnp'),
      install: [...yarn4, 'install'],
      node: [...yarn4, 'node'],
    },
    bun: { configure: npmrc, install: [bun, 'install'], node: [bun] },
  }
}
