import { version } from '../../version.ts'
import type { ExportPlan } from '../plan.ts'
import type { ExportPii } from '../flags.ts'
import { iso } from '../read/instant.ts'
import type { Span } from '../read/span.ts'
import type { ExportState } from '../state/export-state.ts'
import type { Counters, FileRecord } from '../state/records.ts'
import type { ExportFormat } from './paths.ts'

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
  pii: ExportPii
  deleted_calls: 'mark' | 'drop'
  calls: number
  /** To the millisecond; null without calls. */
  first_call: string | null
  last_call: string | null
  /** Of these, calls that the API no longer has. */
  deleted: number
  quarantined: number
  files: Pick<FileRecord, 'name' | 'rows' | 'bytes' | 'sha256'>[]
  /** Windows that changed while they were read. */
  unstable: { from: string; to: string }[]
  last_run: Counters
}

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))

/** Describes what was exported and when it was read. */
export function createManifest(
  state: ExportState,
  { agentId, format, pii, deletedCalls }: ExportPlan,
  { range, baseUrl }: { range: Span; baseUrl: string },
): Manifest {
  const { first, last, ...counts } = state.counts()
  return {
    schema_version: manifestVersion,
    tool: 'cekura-logs',
    tool_version: version,
    agent_id: agentId,
    base_url: baseUrl,
    from: iso(range.start),
    to: iso(range.end),
    format,
    pii,
    deleted_calls: deletedCalls,
    ...counts,
    first_call: isoOrNull(first),
    last_call: isoOrNull(last),
    files: state.files().map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
    unstable: state
      .windows()
      .filter(({ stable }) => !stable)
      .map(({ start, end }) => ({ from: iso(start), to: iso(end) })),
    last_run: state.counters(),
  }
}
