import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getReleasePlan } from '@changesets/get-release-plan'
import { SpecError } from '@cekura-kit/spec'
import { lintSpec } from '@cekura-kit/spec/lint'
import { generateFiles, type GeneratedFile } from '@cekura-kit/types/generator'
import { findBrokenConsumers } from '../consumers/released-consumers.ts'
import { diffSpecs } from '../diff.ts'
import { formatDiff } from '../output/format-diff.ts'
import { bumps, maxBump, type Bump } from '../policy/bump.ts'
import { readDecisions } from '../policy/decisions.ts'
import { applyOverrides, demotesMajor, overrideList } from '../policy/overrides.ts'
import { carriers, changesetFile, formatChangeset } from './changeset.ts'
import {
  digestTypes,
  readSnapshot,
  snapshotFolder,
  wasRewritten,
  type Snapshot,
} from './snapshot.ts'

const typesFolder = 'packages/types'

export interface Regenerated {
  /** What to print. */
  text: string
  /** Whether a file was written or removed. */
  wrote: boolean
  /** What the gate rejects, a problem and its fix each; empty when all is well. */
  problems: string[]
}

const onDisk = (root: string, path: string): Promise<string> =>
  readFile(join(root, path), 'utf8').catch(() => '')

/**
 * Lints the document, generates the types, compares the document with the last release, and writes
 * or removes the changeset that the difference needs.
 *
 * @param root the repository
 * @param check write nothing; report what is missing instead
 * @param columns width of the terminal that shows the text
 * @throws {SpecError} when the document, the snapshot, an override or a changeset cannot be used
 */
export async function regenerate(
  root: string,
  check: boolean,
  columns: number,
): Promise<Regenerated> {
  const { document, findings } = await lintSpec(join(root, 'spec/openapi.yaml'))
  if (findings > 0)
    throw new SpecError(`${findings} lint errors in spec/openapi.yaml. Fix them first.`)
  const files = await generateFiles(document)
  const texts = await Promise.all(files.map(({ path }) => onDisk(root, join(typesFolder, path))))
  const stale = files.filter(({ text }, index) => text !== texts[index])
  const wrote = check ? [] : await writeFiles(root, stale)
  const problems = check
    ? stale.map(
        ({ path }) =>
          `${typesFolder}/${path} does not match spec/openapi.yaml. Run \`pnpm regenerate\` and commit it.`,
      )
    : []
  const done = (text: string): Regenerated => ({
    text: [...wrote, text].join('\n'),
    wrote: wrote.length > 0,
    problems,
  })
  const snapshot = await readSnapshot(root)
  if (!snapshot) {
    if (check) problems.push(...(await missingBumps(root, 'patch', 'by hand')))
    return done('No release yet; the first release includes the current document.')
  }
  const overrides = await readDecisions(root, overrideList)
  const { changes, unused } = applyOverrides(
    diffSpecs(snapshot.document, document).changes,
    overrides,
  )
  const bump = maxBump(changes.map((change) => change.bump))
  const wanted = formatChangeset({ bump, changes })
  if (check) {
    problems.push(
      ...unused.map(
        ({ edit, location, from }) =>
          `The override of ${from} for ${edit} at ${location} matches no change. Remove it from ${overrideList.file}.`,
      ),
      ...(await findSnapshotProblems(root, snapshot)),
    )
    // Another generator changes types without a change of the document.
    const moved = digestTypes(files) !== snapshot.meta.sha256.types
    problems.push(...(await findChangesetProblems(root, bump, moved, wanted, problems.length > 0)))
    if (moved && stale.length === 0 && bump !== 'major' && !demotesMajor(overrides))
      problems.push(...(await findConsumerProblems(root, bump)))
  } else wrote.push(...(await writeChangeset(root, bump, wanted)))
  return done(
    `Compared with the released ${snapshot.meta.version}:\n${formatDiff({ bump, changes }, columns).trimEnd()}`,
  )
}

async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<string[]> {
  for (const { path, text } of files) await writeFile(join(root, typesFolder, path), text)
  return files.map(({ path }) => `wrote ${typesFolder}/${path}`)
}

async function findSnapshotProblems(root: string, snapshot: Snapshot): Promise<string[]> {
  const problems: string[] = []
  const { version } = JSON.parse(await onDisk(root, `${typesFolder}/package.json`)) as {
    version: string
  }
  if (snapshot.meta.version !== version)
    problems.push(
      `${snapshotFolder} is of ${snapshot.meta.version}, but ${typesFolder} is ${version}. Only \`pnpm run version\` changes a version.`,
    )
  if (await wasRewritten(root, snapshot))
    problems.push(
      `${snapshotFolder} changed without a new version. Restore it with \`git checkout main -- ${snapshotFolder}\`; only \`pnpm run version\` changes it.`,
    )
  return problems
}

/** @param isStale whether a problem before explains a changeset that differs */
async function findChangesetProblems(
  root: string,
  bump: Bump,
  moved: boolean,
  wanted: string | undefined,
  isStale: boolean,
): Promise<string[]> {
  const written = await onDisk(root, changesetFile)
  if (wanted === undefined && written)
    return [
      `${changesetFile} describes changes that no longer exist. Run \`pnpm regenerate\` and commit its removal.`,
    ]
  const how = wanted === undefined ? 'by hand' : 'with `pnpm regenerate`'
  const missing = await missingBumps(root, maxBump([bump, moved ? 'patch' : 'none']), how)
  if (missing.length > 0 || isStale || wanted === undefined || written === wanted) return missing
  return [`${changesetFile} is out of date. Run \`pnpm regenerate\` and commit it.`]
}

const findConsumerProblems = async (root: string, bump: Bump): Promise<string[]> =>
  (await findBrokenConsumers(root)).map(
    ({ version, lines }) =>
      `Code written for ${version} no longer compiles (${lines[0]!.label}: \`${lines[0]!.code}\`, ${lines.length} lines in total), but the bump is ${bump}. Restore it, or record the break in ${overrideList.file}.`,
  )

async function writeChangeset(root: string, bump: Bump, wanted = ''): Promise<string[]> {
  if ((await onDisk(root, changesetFile)) === wanted) return []
  if (!wanted) {
    await rm(join(root, changesetFile))
    return [`removed ${changesetFile}: nothing to release`]
  }
  await writeFile(join(root, changesetFile), wanted)
  return [`wrote ${changesetFile}: ${bump} for ${carriers.join(', ')}`]
}

/** Packages that the pending changesets together give less than they need. */
async function missingBumps(root: string, needed: Bump, how: string): Promise<string[]> {
  const { releases } = await getReleasePlan(root).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SpecError(`Cannot read the pending changesets: ${why}`, { cause: error })
  })
  return carriers.flatMap((name) => {
    const plan = releases.find((release) => release.name === name)?.type ?? 'none'
    if (bumps.indexOf(plan) >= bumps.indexOf(needed)) return []
    return plan === 'none'
      ? [`No changeset releases ${name}, which needs a ${needed}. Write one ${how}.`]
      : [`The changesets give ${name} a ${plan}, but it needs a ${needed}. Raise it ${how}.`]
  })
}
