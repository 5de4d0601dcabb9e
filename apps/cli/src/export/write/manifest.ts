import { version } from '../../version.ts'
import type { ExportPlan } from '../plan.ts'
import { iso } from '../read/instant.ts'
import type { Span } from '../read/span.ts'
import type { ExportState } from '../state/export-state.ts'

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))

export type Manifest = ReturnType<typeof createManifest>

/** Describes what was exported and when it was read. */
export function createManifest(
  state: ExportState,
  { agentId, format, pii, deleted }: ExportPlan,
  range: Span,
  baseUrl: string,
) {
  const { first, last, ...counts } = state.counts()
  return {
    schema_version: 1,
    tool: 'cekura-logs',
    tool_version: version,
    agent_id: agentId,
    base_url: baseUrl,
    from: iso(range.start),
    to: iso(range.end),
    format,
    pii,
    deleted_calls: deleted,
    /** All calls; of these, those that the API no longer has; and invalid rows. */
    ...counts,
    /** To the millisecond; null without calls. */
    first_call: isoOrNull(first),
    last_call: isoOrNull(last),
    files: state.files().map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
    /** Windows that changed while they were read. */
    unstable: state
      .windows()
      .filter(({ stable }) => !stable)
      .map(({ start, end }) => ({ from: iso(start), to: iso(end) })),
    last_run: state.counters(),
  }
}
