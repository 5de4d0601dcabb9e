import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SpecError } from '@cekura-kit/spec'
import { digestSpec } from '@cekura-kit/types/generator'
import { diffTypes } from './diff-types.ts'
import { pastSnapshot, readSnapshot, snapshotFolder } from './snapshot.ts'

const run = promisify(execFile)
const name = '@cekura-kit/types'

export interface PublishedCheck {
  /** What was compared. */
  text: string
  /** Why nothing may be published, one sentence each with the fix; empty when all is well. */
  refusals: string[]
}

interface Registry {
  /** Standard output of npm, run in the repository, whose configuration names the registry. */
  npm(...args: string[]): Promise<string>
}

function createRegistry(root: string, environment: NodeJS.ProcessEnv): Registry {
  return {
    npm: async (...args) => {
      const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 1 << 28 }
      return (await run('npm', args, options)).stdout
    },
  }
}

/** The newest published version, undefined when nothing is published. */
async function latestVersion({ npm }: Registry): Promise<string | undefined> {
  try {
    return JSON.parse(await npm('view', name, 'dist-tags.latest', '--json')) as string
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string }
    if (/E404/.test(stdout + message)) return undefined
    throw new SpecError(
      `Cannot ask the registry for ${name}: ${message.split('\n').at(-1)}; check that it can be reached`,
      { cause: error },
    )
  }
}

interface Published {
  json: string
  declarations: string
}

async function fetchPublished({ npm }: Registry, version: string): Promise<Published> {
  const folder = await mkdtemp(join(tmpdir(), 'published-'))
  try {
    const spec = `${name}@${version}`
    const [packed] = JSON.parse(
      await npm('pack', spec, '--json', '--pack-destination', folder),
    ) as [{ filename: string }]
    await run('tar', ['-xzf', join(folder, packed.filename), '-C', folder])
    const read = (file: string): Promise<string> => readFile(join(folder, 'package', file), 'utf8')
    return { json: await read('openapi.json'), declarations: await read('dist/schema.d.ts') }
  } catch (error) {
    throw new SpecError(
      `Cannot read ${name}@${version} from the registry: ${(error as Error).message.split('\n')[0]}; it must hold openapi.json and dist/schema.d.ts`,
      { cause: error },
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Numbers of `major.minor.patch`; what follows a hyphen is left out. */
const numbers = (version: string): number[] => version.split('-')[0]!.split('.').map(Number)

function isOlder(a: string, b: string): boolean {
  const [x, y] = [numbers(a), numbers(b)]
  const index = x.findIndex((number, i) => number !== y[i])
  return index >= 0 && x[index]! < y[index]!
}

/**
 * Compares what the registry holds with the snapshot that this repository calls released.
 *
 * Every bump was measured against the snapshot, so a snapshot that is not what users have
 * makes every bump a guess.
 *
 * @param environment for npm, beyond this process's own
 * @throws {SpecError} when the registry cannot be asked
 */
export async function checkPublished(
  root: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<PublishedCheck> {
  const registry = createRegistry(root, environment)
  const latest = await latestVersion(registry)
  if (latest === undefined)
    return { text: `${name} is not published yet: nothing to compare with.`, refusals: [] }
  const current = await readSnapshot(root)
  const refuse = (why: string): PublishedCheck => ({
    text: `${name} ${latest} is published.`,
    refusals: [why],
  })
  if (!current || isOlder(current.meta.version, latest))
    return refuse(
      `The registry has ${name} ${latest} but ${snapshotFolder} holds ${current?.meta.version ?? 'nothing'}; publish from a branch that contains the release of ${latest}`,
    )
  const released = current.meta.version === latest ? current : await pastSnapshot(root, latest)
  if (!released)
    return refuse(
      `History has no ${snapshotFolder} of ${latest}, which the registry has; fetch the whole history (\`git fetch --unshallow\`) and try again`,
    )
  const { json, declarations } = await fetchPublished(registry, latest)
  const refusals: string[] = []
  if (digestSpec(json) !== released.meta.sha256['openapi.json'])
    refusals.push(
      `openapi.json of the published ${latest} is not the one in ${snapshotFolder}; the snapshot was moved by hand: restore it from the commit that released ${latest}`,
    )
  const moved = diffTypes(declarations, released.schema)
  if (moved.length > 0)
    refusals.push(
      `The types of the published ${latest} are not those in ${snapshotFolder} (${moved[0]!.kind} at ${moved[0]!.location}); restore the snapshot from the commit that released ${latest}`,
    )
  const verdict = refusals.length > 0 ? 'differs from' : 'is'
  return { text: `What is published as ${name} ${latest} ${verdict} its snapshot.`, refusals }
}
