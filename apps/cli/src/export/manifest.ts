import type { PiiRule } from '@cekura-kit/call-format'
import { version } from '../version.ts'
import { iso } from './instant.ts'
import type { FileRecord, Ledger, Tally, WindowRecord } from './ledger.ts'
import type { ExportFormat } from './export-formats.ts'
import { dayName, type Shard } from './paths.ts'
import type { Span } from './span.ts'

export const manifestVersion = 1

/** A stretch of windows that were read one after the other. */
interface ReadStretch {
  from: string
  to: string
  calls: number
  windows: number
  read_from: string
  read_to: string
  /** Absent when every window was read in one answer, or twice alike. */
  unstable?: true
  /** Absent when its calls had settled. */
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
  pii: PiiRule
  gone_calls: 'mark' | 'drop'
  /** Equal in shards whose hashes can be compared. */
  pii_key_check?: string
  shard?: Shard
  shards?: number
  calls: number
  /** Instants, to the millisecond; null when there is none. */
  first_call: string | null
  last_call: string | null
  /** Of these, calls that the service does not have any more. */
  gone: number
  quarantined: number
  files: { name: string; day?: string; rows: number; bytes: number; sha256: string }[]
  read: ReadStretch[]
  last_run: Tally
}

/** Neighboring windows as one entry, so that the manifest stays short. */
export function joinWindows(windows: readonly WindowRecord[]): ReadStretch[] {
  const stretches: ReadStretch[] = []
  for (const { start, end, calls, readAt, stable, closed } of windows) {
    const last = stretches.at(-1)
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
      stretches.push({
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
  return stretches
}

export const toManifestFile = ({ name, day, rows, bytes, sha256 }: FileRecord) => ({
  name,
  ...(day !== null && { day: dayName(day) }),
  rows,
  bytes,
  sha256,
})

const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))

/** What was exported, of what, and when it was read. */
export function createManifest(
  ledger: Ledger,
  facts: Pick<
    Manifest,
    | 'agent_id'
    | 'base_url'
    | 'format'
    | 'partition'
    | 'pii'
    | 'gone_calls'
    | 'pii_key_check'
    | 'shard'
  > & { range: Span },
): Manifest {
  const { range, ...rest } = facts
  return {
    schema_version: manifestVersion,
    tool: 'cekura-logs',
    tool_version: version,
    ...rest,
    from: iso(range.start),
    to: iso(range.end),
    ...ledger.counts(),
    first_call: isoOrNull(ledger.ends().first),
    last_call: isoOrNull(ledger.ends().last),
    files: ledger.files().map(toManifestFile),
    read: joinWindows(ledger.windows()),
    last_run: ledger.tally(),
  }
}
