import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import { findFreePath, quote, writeCommand } from '../errors/suggestion.ts'
import { iso } from '../export/read/instant.ts'
import type { Span } from '../export/read/span.ts'
import { shardOfDay, subtract } from '../export/read/spans.ts'
import { writeExportCommand } from '../export/write-export-command.ts'
import { hashFile } from '../export/write/hash-file.ts'
import { manifestVersion, type Manifest } from '../export/write/manifest.ts'
import { planPaths, type Shard, type Table } from '../export/write/paths.ts'
import { writeText } from '../export/write/write-files.ts'

export interface MergeSummary {
  shards: number
  calls: number
  files: number
  unstable: number
  quarantined: number
  manifest: string
}

type ShardManifest = Manifest & { shard: Shard }

const mergeError = (message: string, suggestion: string): CommandError =>
  new CommandError(message, { code: 'shards', exitCode: exitCodes.state, suggestion })

/** How to export a shard whose arguments are unknown. */
const exportShard = (agentId: number, shard: string, path: string): string =>
  writeCommand([
    'export',
    '--agent',
    String(agentId),
    '--from',
    '<start>',
    '--to',
    '<end>',
    '--partition',
    'day',
    '--shard',
    shard,
    '-o',
    path,
  ])

const form = /^_manifest\.shard-(\d+)-of-(\d+)\.json$/

function parseManifest(text: string): ShardManifest | undefined {
  try {
    const manifest = JSON.parse(text) as ShardManifest | null
    return typeof manifest === 'object' && manifest?.shard ? manifest : undefined
  } catch {
    return undefined
  }
}

function readManifests(folder: string, path: string, agentId: number): ShardManifest[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => form.test(name)) : []
  return names.map((name) => {
    const [, index, of] = form.exec(name)!
    const manifest = parseManifest(readFileSync(join(folder, name), 'utf8'))
    const rerun = exportShard(agentId, `${index}/${of}`, path)
    if (!manifest) throw mergeError(`${name} is not the manifest of a shard.`, rerun)
    if (manifest.schema_version !== manifestVersion)
      throw mergeError(
        `${name} was written by another version (schema ${String(manifest.schema_version)}, expected ${manifestVersion}).`,
        rerun,
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
  'deleted_calls',
  'pii_key_check',
] as const

/** @throws {CommandError} if a shard is missing or belongs to another export */
function checkShards(
  manifests: readonly ShardManifest[],
  folder: string,
  path: string,
  agentId: number,
): void {
  const [first] = manifests
  if (!first)
    throw mergeError(
      `No shards in ${folder}.`,
      `${exportShard(agentId, '1/4', path)}  # once per shard`,
    )
  const elsewhere = `${writeExportCommand(first, findFreePath(path), { index: 1, of: first.shard.of })}  # once per shard, in a new folder`
  for (const other of manifests) {
    const name = common.find((field) => other[field] !== first[field])
    if (name) {
      // Of two ends, the later one is wanted, and a rerun extends the other shard.
      const [wanted, late] = other.to > first.to ? [other, first] : [first, other]
      throw mergeError(
        `Shard ${other.shard.index} has ${name} ${String(other[name])}, but shard ${first.shard.index} has ${String(first[name])}.`,
        name === 'to' ? writeExportCommand(wanted, path, late.shard) : elsewhere,
      )
    }
    if (other.shard.of !== first.shard.of)
      throw mergeError(`There are shards of ${first.shard.of} and of ${other.shard.of}.`, elsewhere)
  }
  const present = new Set(manifests.map(({ shard }) => shard.index))
  const { of } = first.shard
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((at) => !present.has(at))
  if (missing.length > 0)
    throw mergeError(
      `Shard ${missing.join(', ')} of ${of} is incomplete.`,
      writeExportCommand(first, path, { index: missing[0]!, of }),
    )
}

const toSpan = ({ from, to }: { from: string; to: string }): Span => ({
  start: Date.parse(from),
  end: Date.parse(to),
})

/** @throws {CommandError} if a time was read by two shards or by no shard */
function checkCoverage(manifests: readonly ShardManifest[], path: string): void {
  const [first] = manifests as [ShardManifest]
  const { of } = first.shard
  const read = manifests
    .flatMap((manifest) => manifest.read.map(toSpan))
    .toSorted((a, b) => a.start - b.start)
  const twice = read.find((span, at) => at > 0 && span.start < read[at - 1]!.end)
  if (twice)
    throw mergeError(
      `Two shards read the time from ${iso(twice.start)}.`,
      `${writeExportCommand(first, findFreePath(path), { index: 1, of })}  # once per shard, in a new folder`,
    )
  const [hole] = subtract([toSpan(first)], read)
  if (!hole) return
  throw mergeError(
    `No shard read the time from ${iso(hole.start)} to ${iso(hole.end)}.`,
    writeExportCommand(first, path, { index: shardOfDay(hole.start, of), of }),
  )
}

/** @throws {CommandError} if a file was modified, or there is another between them */
async function checkFiles(
  manifests: readonly ShardManifest[],
  root: string,
  folderOf: (table: Table) => string,
): Promise<void> {
  const listed = new Set<string>()
  for (const manifest of manifests)
    for (const { name, sha256 } of manifest.files) {
      const { shard } = manifest
      const rerun = writeExportCommand(manifest, root, shard)
      if (listed.has(name)) throw mergeError(`Two shards wrote ${name}.`, rerun)
      listed.add(name)
      if ((await hashFile(join(root, name))) !== sha256)
        throw mergeError(`${name} was modified after shard ${shard.index} wrote it.`, rerun)
    }
  for (const folder of (['call_logs', 'metrics'] as const).map(folderOf)) {
    const path = join(root, folder)
    const days = existsSync(path) ? readdirSync(path).filter((name) => name.startsWith('dt=')) : []
    for (const day of days)
      for (const file of readdirSync(join(path, day))) {
        const name = `${folder}/${day}/${file}`
        if (file.startsWith('_') || listed.has(name)) continue
        const to = quote(join(root, folder, day, `_${file}`))
        throw mergeError(
          `${name} belongs to no shard, but readers would include it.`,
          `mv ${quote(join(root, name))} ${to}  # readers skip names that start with _`,
        )
      }
  }
}

/**
 * Writes one manifest for an export of several workers.
 *
 * @throws {CommandError} if the shards are not one complete, unchanged export
 */
export async function mergeShards(path: string, agentId: number): Promise<MergeSummary> {
  const paths = planPaths({ path, agentId, format: 'ndjson', partition: 'day' })
  const folderOf = (name: Table): string => paths.table(name, 0).split('/').slice(0, 2).join('/')
  const folder = join(path, folderOf('call_logs'))
  const manifests = readManifests(folder, path, agentId)
  checkShards(manifests, folder, path, agentId)
  checkCoverage(manifests, path)
  await checkFiles(manifests, path, folderOf)
  const sum = (of: (manifest: Manifest) => number): number =>
    manifests.reduce((total, manifest) => total + of(manifest), 0)
  const times = (name: 'first_call' | 'last_call'): string[] =>
    manifests.flatMap((manifest) => manifest[name] ?? []).toSorted()
  const { shard, ...first } = manifests[0]!
  const merged: Manifest = {
    ...first,
    shards: shard.of,
    calls: sum(({ calls }) => calls),
    first_call: times('first_call')[0] ?? null,
    last_call: times('last_call').at(-1) ?? null,
    deleted: sum(({ deleted }) => deleted),
    quarantined: sum(({ quarantined }) => quarantined),
    files: manifests.flatMap(({ files }) => files).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    read: manifests.flatMap(({ read }) => read).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    last_run: {
      new: sum(({ last_run: run }) => run.new),
      changed: sum(({ last_run: run }) => run.changed),
      unchanged: sum(({ last_run: run }) => run.unchanged),
      deleted: sum(({ last_run: run }) => run.deleted),
    },
  }
  await writeText(paths.manifest, [`${JSON.stringify(merged, null, 2)}\n`])
  return {
    shards: shard.of,
    calls: merged.calls,
    files: merged.files.length,
    unstable: merged.read.filter(({ unstable }) => unstable).length,
    quarantined: merged.quarantined,
    manifest: paths.manifest,
  }
}
