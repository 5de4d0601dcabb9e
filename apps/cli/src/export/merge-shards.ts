import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, exitCodes } from '../command-error.ts'
import { quote } from '../write-command.ts'
import { iso } from './instant.ts'
import { manifestVersion, type Manifest } from './manifest.ts'
import { planPaths, type Table } from './paths.ts'
import { shardOfDay, subtract } from './spans.ts'
import { hashFile } from './verify-export.ts'
import type { Span } from './span.ts'
import { writeExportCommand } from './write-export-command.ts'
import { writeText } from './write-files.ts'

export interface MergeSummary {
  shards: number
  calls: number
  files: number
  unstable: number
  quarantined: number
  manifest: string
}

const refuse = (why: string, fix: string): CommandError =>
  new CommandError(`Cannot merge: ${why}`, { code: 'shards', exitCode: exitCodes.state, fix })

const form = /^_manifest\.shard-(\d+)-of-(\d+)\.json$/

function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest | null
    return typeof manifest === 'object' && manifest ? manifest : undefined
  } catch {
    return undefined
  }
}

function readManifests(folder: string): Manifest[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => form.test(name)) : []
  return names.map((name) => {
    const manifest = parseManifest(readFileSync(join(folder, name), 'utf8'))
    const again = `rm ${quote(join(folder, name))}  # and export that shard again`
    if (!manifest) throw refuse(`${name} is no manifest of a shard`, again)
    if (manifest.schema_version !== manifestVersion)
      throw refuse(
        `${name} was written by another version (${String(manifest.schema_version)}, this one reads ${manifestVersion})`,
        again,
      )
    return manifest
  })
}

const common = [
  'agent_id',
  'base_url',
  'from',
  'to',
  'format',
  'partition',
  'pii',
  'gone_calls',
  'pii_key_check',
] as const

/** Every shard once, and all of one export. */
function checkShards(
  manifests: readonly Manifest[],
  { folder, path, agentId }: { folder: string; path: string; agentId: number },
): void {
  const [first] = manifests
  if (!first?.shard)
    throw refuse(
      `there is no manifest of a shard in ${folder}`,
      `cekura-logs export --agent ${agentId} --from 2026-01-01 --to 2026-11-01 --partition day --shard 1/4 -o ${quote(path)}  # once for each shard`,
    )
  for (const other of manifests) {
    const name = common.find((field) => other[field] !== first[field])
    // Of two ends the later one is what was wanted.
    const [wanted, late] = name === 'to' && other.to > first.to ? [other, first] : [first, other]
    if (name)
      throw refuse(
        `shard ${other.shard!.index} has ${name} ${String(other[name])}, and shard ${first.shard.index} has ${String(first[name])}`,
        `${writeExportCommand(wanted, path, { shard: late.shard, restart: name !== 'to' })}  # the same for every shard`,
      )
    const { index, of } = other.shard!
    if (of !== first.shard.of)
      throw refuse(
        `there are shards of ${first.shard.of} and of ${of}`,
        `rm ${quote(join(folder, `_manifest.shard-${index}-of-${of}.json`))}  # if ${first.shard.of} is right`,
      )
  }
  const there = new Set(manifests.map(({ shard }) => shard!.index))
  const { of } = first.shard
  const lacking = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !there.has(index))
  if (lacking.length > 0)
    throw refuse(
      `shard ${lacking.join(', ')} of ${of} has not come to its end`,
      writeExportCommand(first, path, { shard: { index: lacking[0]!, of } }),
    )
}

const toSpan = ({ from, to }: { from: string; to: string }): Span => ({
  start: Date.parse(from),
  end: Date.parse(to),
})

/** The windows of all shards are the range, each instant once. */
function checkCoverage(manifests: readonly Manifest[], path: string): void {
  const [first] = manifests as [Manifest]
  const { of } = first.shard!
  const again = (index: number): string =>
    writeExportCommand(first, path, { shard: { index, of }, restart: true })
  const read = manifests
    .flatMap((manifest) => manifest.read.map(toSpan))
    .toSorted((a, b) => a.start - b.start)
  const twice = read.find((span, at) => at > 0 && span.start < read[at - 1]!.end)
  if (twice)
    throw refuse(
      `the time from ${iso(twice.start)} on was read by two shards`,
      `${again(1)}  # and so for every shard`,
    )
  const [hole] = subtract([toSpan(first)], read)
  if (!hole) return
  throw refuse(
    `no shard has read the time from ${iso(hole.start)} to ${iso(hole.end)}`,
    again(shardOfDay(hole.start, of)),
  )
}

/** Every file is what its shard wrote, and there is no other beside them. */
async function checkFiles(
  manifests: readonly Manifest[],
  root: string,
  table: (table: Table) => string,
) {
  const listed = new Set<string>()
  for (const manifest of manifests)
    for (const { name, sha256 } of manifest.files) {
      const { shard } = manifest
      const again = writeExportCommand(manifest, root, { shard, restart: true })
      if (listed.has(name))
        throw refuse(`${name} was written by two shards`, `${again}  # and so for every shard`)
      listed.add(name)
      if ((await hashFile(join(root, name))) !== sha256)
        throw refuse(`${name} is not what shard ${shard!.index} wrote`, again)
    }
  for (const folder of (['call_logs', 'metrics'] as const).map(table)) {
    const path = join(root, folder)
    const days = existsSync(path) ? readdirSync(path).filter((name) => name.startsWith('dt=')) : []
    for (const day of days)
      for (const file of readdirSync(join(path, day))) {
        const name = `${folder}/${day}/${file}`
        if (!file.startsWith('_') && !listed.has(name))
          throw refuse(
            `${name} is of no shard, and a reader would take it in`,
            `rm ${quote(join(root, name))}`,
          )
      }
  }
}

/**
 * One manifest of an export that several workers have written, each its own days.
 *
 * @throws {CommandError} when a shard is lacking, time was read by none or by two, or a file is not
 *   what was written
 */
export async function mergeShards(path: string, agentId: number): Promise<MergeSummary> {
  const paths = planPaths({ path, agentId, format: 'ndjson', partition: 'day' })
  const table = (name: Table): string => paths.table(name, 0).split('/').slice(0, 2).join('/')
  const folder = join(path, table('call_logs'))
  const manifests = readManifests(folder)
  checkShards(manifests, { folder, path, agentId })
  checkCoverage(manifests, path)
  await checkFiles(manifests, path, table)
  const sum = (of: (manifest: Manifest) => number): number =>
    manifests.reduce((total, manifest) => total + of(manifest), 0)
  /** In order, as instants are that are written alike. */
  const instants = (name: 'first_call' | 'last_call'): string[] =>
    manifests.flatMap((manifest) => manifest[name] ?? []).toSorted()
  const { shard, ...first } = manifests[0]!
  const merged: Manifest = {
    ...first,
    shards: shard!.of,
    calls: sum(({ calls }) => calls),
    first_call: instants('first_call')[0] ?? null,
    last_call: instants('last_call').at(-1) ?? null,
    gone: sum(({ gone }) => gone),
    quarantined: sum(({ quarantined }) => quarantined),
    files: manifests.flatMap(({ files }) => files).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    read: manifests.flatMap(({ read }) => read).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    last_run: {
      new: sum(({ last_run: run }) => run.new),
      changed: sum(({ last_run: run }) => run.changed),
      unchanged: sum(({ last_run: run }) => run.unchanged),
      gone: sum(({ last_run: run }) => run.gone),
    },
  }
  await writeText(paths.manifest, [`${JSON.stringify(merged, null, 2)}\n`])
  return {
    shards: merged.shards!,
    calls: merged.calls,
    files: merged.files.length,
    unstable: merged.read.filter(({ unstable }) => unstable).length,
    quarantined: merged.quarantined,
    manifest: paths.manifest,
  }
}
