import { digestSpec } from '@cekura-kit/types/generator'
import type { Clone } from '../harness/clone-repository.ts'
import type { Registry } from '../harness/registry.ts'
import type { Log } from '../harness/report.ts'
import type { CommandResult } from '../harness/run-command.ts'

/** The commands of the release workflow, run in a copy of the repository. */
export interface ReleaseCommands {
  /** `regenerate --check`. */
  checkBumps(): Promise<CommandResult>
  /** Both checks that the workflow runs before a release must pass. */
  checkRelease(log: Log): Promise<void>
  /** Applies the changesets and commits. @returns the version of the types */
  version(log: Log): Promise<string>
  /** @param filter as pnpm takes it; default every package */
  build(filter?: string): Promise<void>
  publish(log: Log): Promise<void>
  /** A snapshot that someone edited must fail the check. */
  rejectsEditedSnapshot(log: Log): Promise<void>
}

/** What `changeset pack` writes next to the tarballs. */
interface PublishPlan {
  plan: { name: string; version: string; tag: string; tarball: { path: string } }[][]
}

function expectPass({ code, output }: CommandResult): string {
  if (code !== 0) throw new Error(output)
  return output
}

export function createReleaseCommands(clone: Clone, registry: Registry): ReleaseCommands {
  const run = (name: string, command: string, ...args: string[]): Promise<CommandResult> =>
    clone.try('pnpm', ['--silent', '-C', `packages/${name}`, 'run', command, ...args], {
      env: {
        npm_config_registry: registry.url,
        'npm_config_@cekura-kit:registry': registry.url,
      },
    })
  const checkBumps = (): Promise<CommandResult> => run('spec-diff', 'regenerate', '--check')
  const checkPublished = (): Promise<CommandResult> => run('spec-diff', 'release:check')

  return {
    checkBumps,
    async checkRelease(log) {
      expectPass(await checkBumps())
      log(expectPass(await checkPublished()))
    },
    async version(log) {
      await clone.run('pnpm', 'run', 'version')
      const manifest = await clone.read('packages/types/package.json')
      const { version } = JSON.parse(manifest) as { version: string }
      await clone.commit(`Version ${version}`)
      log((await clone.git('show', '--stat', '--format=', 'HEAD')).split('\n').at(-1)!.trim())
      return version
    },
    async build(filter = '*') {
      await clone.run('pnpm', `--filter=${filter}`, 'run', 'build')
    },
    async publish(log) {
      const { npmrc } = registry.source('latest')
      await clone.write('.npmrc', `registry=${registry.url}\n${npmrc}`)
      try {
        await clone.run('pnpm', 'exec', 'changeset', 'pack', '--out-dir', '.packed')
        const { plan } = JSON.parse(await clone.read('.packed/publish-plan.json')) as PublishPlan
        for (const { tarball, tag } of plan.flat())
          await clone.run('npm', 'publish', `./.packed/${tarball.path}`, '--tag', tag)
        log(
          plan
            .flat()
            .map(({ name, version }) => `${name}@${version}`)
            .join(', '),
        )
      } finally {
        await clone.git('clean', '--quiet', '--force', '-dx', '.npmrc', '.packed')
      }
    },
    async rejectsEditedSnapshot(log) {
      const [folder, meta] = ['spec/released', await clone.read('spec/released/meta.json')]
      const json = await clone.read(`${folder}/openapi.json`)
      const edited = json.replace('"description"', '"x-edited": true,\n    "description"')
      await clone.write(`${folder}/openapi.json`, edited)
      await clone.write(`${folder}/meta.json`, meta.replace(digestSpec(json), digestSpec(edited)))
      const { code, output } = await checkPublished()
      await clone.git('checkout', '-q', '--', folder)
      if (code !== 1) throw new Error(`An edited snapshot exits with ${code}:\n${output}`)
      log(output)
    },
  }
}
