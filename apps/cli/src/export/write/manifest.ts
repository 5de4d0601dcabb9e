import { readFileSync } from 'node:fs'
import { version } from '../../version.ts'
import type { ExportPii } from '../flags.ts'
import { iso } from '../read/instant.ts'
import type { Span } from '../read/span.ts'
import type { ExportState } from '../state/export-state.ts'
import type { Counters, FileRecord } from '../state/records.ts'
import type { WindowRecord } from '../state/previous-run.ts'
import { dayName, exportFormats, type ExportFormat } from './paths.ts'

export const manifestVersion = 1

/** Neighboring windows that were read alike. */
interface ReadSegment {
  from: string
  to: string
  calls: number
  windows: number
  read_from: string
  read_to: string
  /** Absent if every window was read in one response, or twice with the same result. */
  unstable?: true
  /** Absent if its calls were older than the settle time. */
  open?: true
}

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
  read: ReadSegment[]
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

/** Neighboring windows as one entry, so that the manifest stays short. */
export function joinWindows(windows: readonly WindowRecord[]): ReadSegment[] {
  const segments: ReadSegment[] = []
  for (const { start, end, calls, readAt, stable, closed } of windows) {
    const last = segments.at(-1)
    const at = iso(readAt)
    const isAlike =
      last?.to === iso(start) && stable && !last.unstable && closed === (last.open === undefined)
    if (isAlike) {
      last.to = iso(end)
      last.calls += calls
      last.windows += 1
      if (at < last.read_from) last.read_from = at
      if (at > last.read_to) last.read_to = at
    } else
      segments.push({
        from: iso(start),
        to: iso(end),
        calls,
        windows: 1,
        read_from: at,
        read_to: at,
        ...(!stable && { unstable: true }),
        ...(!closed && { open: true }),
      })
  }
  return segments
}

export const toManifestFile = ({ name, day, rows, bytes, sha256 }: FileRecord) => ({
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
    read: joinWindows(state.windows()),
    last_run: state.counters(),
  }
}
