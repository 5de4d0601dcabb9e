import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SpecError } from '@cekura-kit/spec'
import { digestSpec } from '@cekura-kit/types/generator'
import { compileConsumers } from '../consumers/compile-consumers.ts'
import { readConsumers } from '../consumers/released-consumers.ts'
import { findPastMeta, readSnapshot, snapshotFolder } from './snapshot.ts'

const run = promisify(execFile)
const name = '@cekura-kit/types'

export interface PublishedCheck {
  /** What was compared. */
  text: string
  /** Why nothing may be published, a problem and its fix each; empty when all is well. */
  problems: string[]
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
    throw new SpecError(`Cannot query the registry for ${name}: ${message.split('\n').at(-1)}`, {
      cause: error,
    })
  }
}

/** Runs a check on the files of a published version. */
async function withPublished<T>(
  { npm }: Registry,
  version: string,
  check: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'published-'))
  try {
    const [packed] = JSON.parse(
      await npm('pack', `${name}@${version}`, '--json', '--pack-destination', folder),
    ) as [{ filename: string }]
    await run('tar', ['-xzf', join(folder, packed.filename), '-C', folder])
    return await check(join(folder, 'package'))
  } catch (error) {
    throw new SpecError(
      `Cannot read ${name}@${version} from the registry: ${(error as Error).message.split('\n')[0]}`,
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

/** How the published files differ from what history says about the version. */
async function findDifferences(
  root: string,
  version: string,
  sha256: string,
  folder: string,
): Promise<string[]> {
  const problems: string[] = []
  if (digestSpec(await readFile(join(folder, 'openapi.json'), 'utf8')) !== sha256)
    problems.push(
      `openapi.json of the published ${version} is not the one in ${snapshotFolder}. Restore the snapshot from the commit that released ${version}.`,
    )
  const lines = await readConsumers(root, version).catch(() => [])
  const types = join(folder, 'dist/index.d.ts')
  const [broken] = await compileConsumers([{ lines, types }])
  if (broken!.length > 0)
    problems.push(
      `Code of ${version} does not compile with the published types (${broken![0]!.label}). Restore the snapshot from the commit that released ${version}.`,
    )
  return problems
}

/**
 * Compares what the registry holds with the snapshot that this repository calls released.
 *
 * Every bump was computed against the snapshot. If users have something else, every bump is an
 * assumption.
 *
 * @param environment for npm, in addition to that of this process
 * @throws {SpecError} when the registry cannot be queried
 */
export async function verifyPublished(
  root: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<PublishedCheck> {
  const registry = createRegistry(root, environment)
  const latest = await latestVersion(registry)
  if (latest === undefined)
    return { text: `${name} is not published yet: nothing to compare.`, problems: [] }
  const current = (await readSnapshot(root))?.meta
  const reject = (problem: string): PublishedCheck => ({
    text: `${name} ${latest} is published.`,
    problems: [problem],
  })
  if (!current || isOlder(current.version, latest))
    return reject(
      `The registry has ${name} ${latest}, but ${snapshotFolder} has ${current?.version ?? 'nothing'}. Publish from a branch that contains the release of ${latest}.`,
    )
  const released = current.version === latest ? current : await findPastMeta(root, latest)
  if (!released)
    return reject(
      `History has no ${snapshotFolder} of ${latest}, which the registry has. Fetch the whole history (\`git fetch --unshallow\`) and try again.`,
    )
  const problems = await withPublished(registry, latest, (folder) =>
    findDifferences(root, latest, released.sha256.document, folder),
  )
  const relation = problems.length > 0 ? 'differs from' : 'matches'
  return { text: `The published ${name} ${latest} ${relation} its snapshot.`, problems }
}
