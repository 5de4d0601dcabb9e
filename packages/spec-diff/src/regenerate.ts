import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getReleasePlan } from '@changesets/get-release-plan'
import { SpecError } from '@cekura-kit/spec'
import { lintSpec } from '@cekura-kit/spec/lint'
import { generateFiles, type GeneratedFile } from '@cekura-kit/types/generator'
import { bumps, maxBump, type Bump } from './change.ts'
import { changesetFile, formatChangeset, typedPackages } from './changeset-file.ts'
import { diffContracts, type SpecDiff } from './diff-specs.ts'
import { formatDiff } from './format-diff.ts'
import { applyOverrides, overridesFile, readOverrides } from './overrides.ts'
import { brokenConsumers } from './probe-line.ts'
import { readSnapshot, snapshotFolder, wasMoved } from './snapshot.ts'

const typesFolder = 'packages/types'

export interface Regenerated {
  /** What to print. */
  text: string
  /** Whether a file was written or removed. */
  wrote: boolean
  /** What the gate refuses, one sentence each with the fix; empty when all is well. */
  refusals: string[]
}

const current = (root: string, path: string): Promise<string> =>
  readFile(join(root, path), 'utf8').catch(() => '')

/** Generated files that differ from what is there. */
async function staleFiles(root: string, files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const texts = await Promise.all(files.map(({ path }) => current(root, join(typesFolder, path))))
  return files.filter(({ text }, index) => text !== texts[index])
}

/** What the pending changesets together give each package. */
async function plannedBumps(root: string): Promise<Map<string, Bump>> {
  const { releases } = await getReleasePlan(root).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SpecError(
      `Cannot read the pending changesets: ${why}; correct the file in .changeset`,
      {
        cause: error,
      },
    )
  })
  return new Map(releases.map(({ name, type }) => [name, type]))
}

async function typesVersion(root: string): Promise<string> {
  return (JSON.parse(await current(root, `${typesFolder}/package.json`)) as { version: string })
    .version
}

/**
 * Lints the document, generates the types, compares them with the last release, and writes
 * or removes the changeset that the difference needs.
 *
 * @param root the repository
 * @param check write nothing; say what is missing instead
 * @param columns width of the terminal that shows the text
 * @throws {SpecError} when the document, the snapshot, an override or a changeset cannot be used
 */
export async function regenerate(
  root: string,
  check: boolean,
  columns?: number,
): Promise<Regenerated> {
  const { document, findings } = await lintSpec(join(root, 'spec/openapi.yaml'))
  if (findings > 0)
    throw new SpecError(
      `Cannot regenerate: the document has ${findings} finding(s); mend them first`,
    )

  const files = await generateFiles(document)
  const stale = await staleFiles(root, files)
  const said: string[] = []
  let wrote = false
  const refusals: string[] = []
  for (const { path, text } of stale) {
    if (check)
      refusals.push(
        `${typesFolder}/${path} does not match spec/openapi.yaml; run \`pnpm regenerate\` and commit it`,
      )
    else {
      await writeFile(join(root, typesFolder, path), text)
      wrote = true
      said.push(`wrote ${typesFolder}/${path}`)
    }
  }

  const snapshot = await readSnapshot(root)
  if (!snapshot) {
    said.push('Nothing is released yet: the first release ships the document as it is.')
    if (check) refusals.push(...missing(await plannedBumps(root), 'patch', 'by hand'))
    return { text: said.join('\n'), wrote, refusals }
  }

  const schema = files.find(({ path }) => path === 'src/schema.ts')!.text
  const overrides = await readOverrides(root)
  const { changes, unused } = applyOverrides(
    diffContracts(snapshot, { document, schema }).changes,
    overrides,
  )
  const diff: SpecDiff = { changes, bump: maxBump(changes.map(({ bump }) => bump)) }
  said.push(
    `Compared with the released ${snapshot.meta.version}:`,
    formatDiff(diff, columns).trimEnd(),
  )
  for (const { kind, location, from } of unused)
    refusals.push(
      `The override of ${from} for ${kind} at ${location} matches no change; remove it from ${overridesFile}`,
    )

  const wanted = formatChangeset(diff)
  const written = await current(root, changesetFile)
  if (check) {
    const version = await typesVersion(root)
    if (snapshot.meta.version !== version)
      refusals.push(
        `${snapshotFolder} holds ${snapshot.meta.version} but ${typesFolder} is at ${version}; a version changes with \`pnpm run version\` only`,
      )
    if (await wasMoved(root, snapshot))
      refusals.push(
        `${snapshotFolder} changed without a new version; restore it with \`git checkout main -- ${snapshotFolder}\`, it moves with \`pnpm run version\` only`,
      )
    refusals.push(...missing(await plannedBumps(root), diff.bump, 'with `pnpm regenerate`'))
    if (refusals.length === 0 && wanted !== undefined && written !== wanted)
      refusals.push(
        `${changesetFile} does not tell these changes; run \`pnpm regenerate\` and commit it`,
      )
    const given = overrides.some(({ from, to }) => from === 'major' && to !== 'major')
    if (diff.bump !== 'major' && !given && schema !== snapshot.schema)
      for (const { version, probes } of await brokenConsumers(root, schema))
        refusals.push(
          `Code written for ${version} no longer compiles (${probes[0]!.label}, ${probes.length} in all), but this is no major; restore it, or name the break in spec/overrides.json`,
        )
    if (wanted === undefined && written)
      refusals.push(
        `${changesetFile} tells changes that are not there; run \`pnpm regenerate\` and commit its removal`,
      )
  } else if (wanted === undefined) {
    if (written) {
      await rm(join(root, changesetFile))
      wrote = true
      said.push(`removed ${changesetFile}: nothing to release`)
    }
  } else if (written !== wanted) {
    await writeFile(join(root, changesetFile), wanted)
    wrote = true
    said.push(`wrote ${changesetFile}: ${diff.bump} for ${typedPackages.join(' and ')}`)
  }
  return { text: said.join('\n'), wrote, refusals }
}

function missing(planned: Map<string, Bump>, needed: Bump, how: string): string[] {
  return typedPackages.flatMap((name) => {
    const plan = planned.get(name) ?? 'none'
    if (bumps.indexOf(plan) >= bumps.indexOf(needed)) return []
    return plan === 'none'
      ? [`No changeset releases ${name}, which needs a ${needed}; write one ${how}`]
      : [`The changesets give ${name} a ${plan}, but it needs a ${needed}; raise it ${how}`]
  })
}
