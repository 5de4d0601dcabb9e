import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SpecError } from '@cekura-kit/spec'
import { digestSpec } from '@cekura-kit/types/generator'
import { findReleasedMeta, readSnapshot, snapshotFolder } from './snapshot.ts'

const run = promisify(execFile)
const name = '@cekura-kit/types'

export interface PublishedCheck {
  /** What was compared. */
  text: string
  /** Why nothing may be published, a problem and its fix each; empty when all is well. */
  problems: string[]
}

type Npm = (...args: string[]) => Promise<string>

const lastLine = (error: unknown): string => (error as Error).message.trim().split('\n').at(-1)!

/** The newest published version, undefined when nothing is published. */
async function latestVersion(npm: Npm): Promise<string | undefined> {
  try {
    return JSON.parse(await npm('view', name, 'dist-tags.latest', '--json')) as string
  } catch (cause) {
    const { stdout = '', message } = cause as { stdout?: string; message: string }
    if (/E404/.test(stdout + message)) return undefined
    throw new SpecError(`Cannot query the registry for ${name}: ${lastLine(cause)}`, { cause })
  }
}

/** The document in a published version. */
async function readPublished(npm: Npm, version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'published-'))
  try {
    const packed = await npm('pack', `${name}@${version}`, '--json', '--pack-destination', folder)
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
    await run('tar', ['-xzf', join(folder, filename), '-C', folder])
    return await readFile(join(folder, 'package/openapi.json'), 'utf8')
  } catch (cause) {
    throw new SpecError(`Cannot read ${name}@${version} from the registry: ${lastLine(cause)}`, {
      cause,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * Compares the document in the registry with the snapshot that this repository calls released.
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
  // In the repository, whose configuration names the registry.
  const npm: Npm = async (...args) => {
    const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 1 << 28 }
    return (await run('npm', args, options)).stdout
  }
  const latest = await latestVersion(npm)
  if (latest === undefined)
    return { text: `${name} is not published yet: nothing to compare.`, problems: [] }
  const current = (await readSnapshot(root))?.meta
  const released = current?.version === latest ? current : await findReleasedMeta(root, latest)
  if (!released)
    return {
      text: `${name} ${latest} is published.`,
      problems: [
        `The registry has ${name} ${latest}, but ${snapshotFolder} has ${current?.version ?? 'nothing'}. Publish from a branch that contains the release of ${latest}, with the whole history (\`git fetch --unshallow\`).`,
      ],
    }
  if (digestSpec(await readPublished(npm, latest)) === released.sha256.document)
    return { text: `The published ${name} ${latest} matches its snapshot.`, problems: [] }
  return {
    text: `The published ${name} ${latest} differs from its snapshot.`,
    problems: [
      `openapi.json of the published ${latest} is not the one in ${snapshotFolder}. Restore the snapshot from the commit that released ${latest}.`,
    ],
  }
}
