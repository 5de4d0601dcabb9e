import { readFileSync } from 'node:fs'
import { version } from '../../version.ts'
import type { ExportPii } from '../flags.ts'
import { iso } from '../read/instant.ts'
import type { Span } from '../read/span.ts'
import type { ExportState } from '../state/export-state.ts'
import type { Counters, FileRecord } from '../state/records.ts'
import { dayName, exportFormats, type ExportFormat } from './paths.ts'

export const manifestVersion = 1

export interface Manifest {
  schema_version: typeof manifestVersion
  tool: string
  tool_version: string
  agent_id: number
  base_url: string
  from: string
  to: string
  format: ExportFormat
  partition: 'none' | 'day'
  pii: ExportPii
  deleted_calls: 'mark' | 'drop'
  calls: number
  /** To the millisecond; null without calls. */
  first_call: string | null
  last_call: string | null
  /** Of these, calls that the API no longer has. */
  deleted: number
  quarantined: number
  files: { name: string; day?: string; rows: number; bytes: number; sha256: string }[]
  /** Windows that changed while they were read. */
  unstable: { from: string; to: string }[]
  last_run: Counters
}

/** The manifest of an export; undefined without one. */
export function readManifest(path: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest | null
    return exportFormats.includes(manifest?.format as never) ? manifest! : undefined
  } catch {
    return undefined
  }
}

const toManifestFile = ({ name, day, rows, bytes, sha256 }: FileRecord) => ({
  name,
  ...(day !== null && { day: dayName(day) }),
  rows,
  bytes,
  sha256,
})

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))

type ManifestFacts = Pick<
  Manifest,
  'agent_id' | 'base_url' | 'format' | 'partition' | 'pii' | 'deleted_calls'
>

/** Describes what was exported and when it was read. */
export function createManifest(
  state: ExportState,
  { range, ...facts }: ManifestFacts & { range: Span },
): Manifest {
  const { first, last } = state.timeBounds()
  return {
    schema_version: manifestVersion,
    tool: 'cekura-logs',
    tool_version: version,
    ...facts,
    from: iso(range.start),
    to: iso(range.end),
    ...state.counts(),
    first_call: isoOrNull(first),
    last_call: isoOrNull(last),
    files: state.files().map(toManifestFile),
    unstable: state
      .windows()
      .filter(({ stable }) => !stable)
      .map(({ start, end }) => ({ from: iso(start), to: iso(end) })),
    last_run: state.counters(),
  }
}
