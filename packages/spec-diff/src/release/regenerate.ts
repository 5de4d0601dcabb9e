import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getReleasePlan } from '@changesets/get-release-plan'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { lintSpec } from '@cekura-kit/spec/lint'
import { generateFiles, type GeneratedFile } from '@cekura-kit/types/generator'
import { findBrokenConsumers } from '../consumers/released-consumers.ts'
import { diffSpecs, type SpecDiff } from '../diff.ts'
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

/** Everything that decides what to write and what to reject. */
interface State {
  root: string
  files: GeneratedFile[]
  /** Generated files that differ from those on disk. */
  stale: GeneratedFile[]
  snapshot: Snapshot
  diff: SpecDiff
  unused: string[]
  isDemoted: boolean
  /** The changeset that the diff needs, and the one on disk (empty without one). */
  wanted: string | undefined
  written: string
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
  const snapshot = await readSnapshot(root)
  if (!snapshot) {
    if (check) problems.push(...missingBumps(await plannedBumps(root), 'patch', 'by hand'))
    const text = 'No release yet; the first release includes the current document.'
    return { text: [...wrote, text].join('\n'), wrote: wrote.length > 0, problems }
  }
  const state = await readState(root, { files, stale, snapshot, document })
  if (check) problems.push(...(await findProblems(state)))
  else wrote.push(...(await writeChangeset(state)))
  const text = [
    ...wrote,
    `Compared with the released ${snapshot.meta.version}:`,
    formatDiff(state.diff, columns).trimEnd(),
  ].join('\n')
  return { text, wrote: wrote.length > 0, problems }
}

async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<string[]> {
  for (const { path, text } of files) await writeFile(join(root, typesFolder, path), text)
  return files.map(({ path }) => `wrote ${typesFolder}/${path}`)
}

async function readState(
  root: string,
  found: Pick<State, 'files' | 'stale' | 'snapshot'> & { document: SpecDocument },
): Promise<State> {
  const { document, ...rest } = found
  const overrides = await readDecisions(root, overrideList)
  const { changes, unused } = applyOverrides(
    diffSpecs(found.snapshot.document, document).changes,
    overrides,
  )
  const diff = { changes, bump: maxBump(changes.map(({ bump }) => bump)) }
  return {
    root,
    ...rest,
    diff,
    unused: unused.map(
      ({ edit, location, from }) =>
        `The override of ${from} for ${edit} at ${location} matches no change. Remove it from ${overrideList.file}.`,
    ),
    isDemoted: demotesMajor(overrides),
    wanted: formatChangeset(diff),
    written: await onDisk(root, changesetFile),
  }
}

async function findProblems(state: State): Promise<string[]> {
  const { root, files, stale, snapshot, diff, wanted, written } = state
  const problems = [...state.unused]
  const manifest = JSON.parse(await onDisk(root, `${typesFolder}/package.json`)) as {
    version: string
  }
  if (snapshot.meta.version !== manifest.version)
    problems.push(
      `${snapshotFolder} is of ${snapshot.meta.version}, but ${typesFolder} is ${manifest.version}. Only \`pnpm run version\` changes a version.`,
    )
  if (await wasRewritten(root, snapshot))
    problems.push(
      `${snapshotFolder} changed without a new version. Restore it with \`git checkout main -- ${snapshotFolder}\`; only \`pnpm run version\` changes it.`,
    )
  const moved = digestTypes(files) !== snapshot.meta.sha256.types
  // Another generator changes types without a change of the document.
  const needed = maxBump([diff.bump, moved ? 'patch' : 'none'])
  const how = wanted === undefined ? 'by hand' : 'with `pnpm regenerate`'
  problems.push(...missingBumps(await plannedBumps(root), needed, how))
  if (problems.length === 0 && wanted !== undefined && written !== wanted)
    problems.push(`${changesetFile} is out of date. Run \`pnpm regenerate\` and commit it.`)
  if (wanted === undefined && written)
    problems.push(
      `${changesetFile} describes changes that no longer exist. Run \`pnpm regenerate\` and commit its removal.`,
    )
  const raises = moved && stale.length === 0 && diff.bump !== 'major' && !state.isDemoted
  for (const { version, lines } of raises ? await findBrokenConsumers(root) : [])
    problems.push(
      `Code written for ${version} no longer compiles (${lines[0]!.label}: \`${lines[0]!.code}\`, ${lines.length} lines in total), but the bump is ${diff.bump}. Restore it, or record the break in ${overrideList.file}.`,
    )
  return problems
}

async function writeChangeset({ root, diff, wanted, written }: State): Promise<string[]> {
  if (wanted === undefined) {
    if (!written) return []
    await rm(join(root, changesetFile))
    return [`removed ${changesetFile}: nothing to release`]
  }
  if (written === wanted) return []
  await writeFile(join(root, changesetFile), wanted)
  return [`wrote ${changesetFile}: ${diff.bump} for ${carriers.join(', ')}`]
}

/** What the pending changesets together give each package. */
async function plannedBumps(root: string): Promise<Map<string, Bump>> {
  const { releases } = await getReleasePlan(root).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SpecError(`Cannot read the pending changesets: ${why}`, { cause: error })
  })
  return new Map(releases.map(({ name, type }) => [name, type]))
}

function missingBumps(planned: Map<string, Bump>, needed: Bump, how: string): string[] {
  return carriers.flatMap((name) => {
    const plan = planned.get(name) ?? 'none'
    if (bumps.indexOf(plan) >= bumps.indexOf(needed)) return []
    return plan === 'none'
      ? [`No changeset releases ${name}, which needs a ${needed}. Write one ${how}.`]
      : [`The changesets give ${name} a ${plan}, but it needs a ${needed}. Raise it ${how}.`]
  })
}
