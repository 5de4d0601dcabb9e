import { join } from 'node:path'
import { digestSpec } from '@cekura-kit/types/generator'
import type { Clone } from './clone-repository.ts'
import { runCommand, tryCommand } from '../harness/run-command.ts'
import type { Registry } from '../harness/start-registry.ts'
import type { Say } from './steps.ts'

export interface Releaser {
  install(): Promise<void>
  /** What `pnpm regenerate --check` refuses; nothing when it lets the state pass. */
  refusals(): Promise<string>
  /** The gate must let the state pass. */
  gate(say: Say): Promise<void>
  /** The `version` script, committed. @returns the version of the types */
  version(say: Say): Promise<string>
  build(): Promise<void>
  publish(say: Say): Promise<void>
  /** The registry's newest types must be the snapshot's. */
  published(say: Say): Promise<void>
  refusesMovedSnapshot(say: Say): Promise<void>
}

/** Does to a copy of the repository what the release workflow does, with its own registry. */
export function createReleaser(clone: Clone, registry: Registry): Releaser {
  const pnpm = (...args: string[]): Promise<string> => runCommand(clone.folder, 'pnpm', args)
  const npmEnvironment = {
    npm_config_registry: registry.url,
    'npm_config_@cekura-kit:registry': registry.url,
  }

  async function refusals(): Promise<string> {
    const { code, output } = await tryCommand(clone.folder, 'node', [
      'packages/spec-diff/src/commands/regenerate.ts',
      '--check',
    ])
    if (code === 0) return ''
    if (code !== 1) throw new Error(`The gate ended with ${code}:\n${output}`)
    return output
  }

  /** `release:check` of spec-diff: what it compared, and whether it refuses to publish. */
  async function comparePublished(): Promise<{ text: string; isRejected: boolean }> {
    const { code, output } = await tryCommand(
      clone.folder,
      'pnpm',
      ['--silent', '-C', 'packages/spec-diff', 'run', 'release:check'],
      npmEnvironment,
    )
    if (code !== 0 && code !== 1) throw new Error(output)
    return { text: output, isRejected: code === 1 }
  }

  return {
    install: async () => {
      await pnpm('install', '--frozen-lockfile', '--prefer-offline')
      await pnpm('--recursive', 'run', 'build')
    },
    refusals,
    gate: async (say) => {
      const refused = await refusals()
      if (refused) throw new Error(refused)
      const { text, isRejected } = await comparePublished()
      if (isRejected) throw new Error(text)
      say(text)
    },
    version: async (say) => {
      await pnpm('run', 'version')
      const { version } = JSON.parse(await clone.read('packages/types/package.json')) as {
        version: string
      }
      await clone.commit(`Version ${version}`)
      say((await clone.git('show', '--stat', '--format=', 'HEAD')).split('\n').at(-1)!.trim())
      return version
    },
    build: async () => {
      await pnpm('exec', 'turbo', 'run', 'build', '--filter=@cekura-kit/client')
    },
    publish: async (say) => {
      await clone.write('.npmrc', `registry=${registry.url}\n${registry.npmrc}`)
      try {
        const output = await pnpm('exec', 'changeset', 'publish')
        const lines = [...output.matchAll(/(@cekura-kit\/[\w-]+|cekura-logs)@(\d[\w.-]*)/g)]
        const names = [...new Set(lines.map(([name]) => name))]
        if (names.length === 0) throw new Error(`Nothing was published:\n${output}`)
        say(names.join(', '))
      } finally {
        await clone.git('clean', '-qfx', '.npmrc')
      }
    },
    published: async (say) => {
      const { text, isRejected } = await comparePublished()
      if (isRejected) throw new Error(text)
      say(text)
    },
    refusesMovedSnapshot: async (say) => {
      const snapshotFolder = 'spec/released'
      const meta = join(snapshotFolder, 'meta.json')
      const [text, json] = [
        await clone.read(meta),
        await clone.read(join(snapshotFolder, 'openapi.json')),
      ]
      const moved = json.replace('"description"', '"x-moved": true,\n    "description"')
      await clone.write(join(snapshotFolder, 'openapi.json'), moved)
      await clone.write(meta, text.replace(digestSpec(json), digestSpec(moved)))
      const { text: output, isRejected } = await comparePublished()
      await clone.git('checkout', '-q', '--', snapshotFolder)
      if (!isRejected) throw new Error('The gate let a moved snapshot pass')
      say(output)
    },
  }
}
