import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { csvHeader, encodeCsvRow, type PiiRule } from '@cekura-kit/calls'
import type { CekuraClient } from '@cekura-kit/client'
import { StateError } from '../command-error.ts'
import type { ExportFormat } from './export-formats.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { planWindows } from './plan-windows.ts'
import { readWindows } from './read-windows.ts'
import { writeWhole } from './write-files.ts'
import { writeParquet } from './write-parquet.ts'

export interface ExportPlan {
  agentId: number
  /** Start of the range, in milliseconds since 1970. */
  from: number
  /** End of the range; default ten minutes ago, when calls have settled. */
  to: number | undefined
  path: string
  format: ExportFormat
  pii: PiiRule
  /** How much of the range read before is read again, for calls that changed, in milliseconds. */
  lookbackMs: number
}

export interface ExportSummary {
  calls: number
  windows: number
  unstable: number
  /** What this run did to the state: began it, went on, or added a later end. */
  began: 'new' | 'resumed' | 'extended' | 'unchanged'
  path: string
  manifest: string
}

const settleMs = 10 * 60_000
const iso = (time: number): string => new Date(time).toISOString()

/** Refuses a state that was begun with other arguments; the end of the range may grow. */
function checkIdentity(ledger: Ledger, plan: ExportPlan, baseUrl: string): void {
  const mine = { baseUrl, agentId: plan.agentId, from: iso(plan.from), pii: plan.pii }
  const stored = ledger.get('identity')
  if (stored === undefined) {
    ledger.set('identity', JSON.stringify(mine))
    return
  }
  const theirs = JSON.parse(stored) as Record<string, unknown>
  const other = Object.entries(mine).find(([name, value]) => theirs[name] !== value)
  if (other)
    throw new StateError(
      `Cannot export: the state beside ${plan.path} was begun with ${other[0]} ${String(theirs[other[0]])}, and this run has ${String(other[1])}`,
      `give another --output, or rm ${plan.path}.state`,
    )
}

function openRange(ledger: Ledger, plan: ExportPlan, now: number): ExportSummary['began'] {
  const reached = Number(ledger.get('to') ?? Number.NaN)
  const isNew = Number.isNaN(reached)
  const { open } = ledger.counts()
  // Without an end of its own, a run first finishes what an earlier one has begun.
  if (!isNew && open > 0 && (plan.to === undefined || plan.to <= reached)) return 'resumed'
  const end = plan.to ?? now - settleMs
  if (!isNew && end <= reached) return 'unchanged'
  const start = isNew ? plan.from : Math.max(plan.from, reached - plan.lookbackMs)
  const kept = ledger.windows().filter((window) => window.end <= start)
  const since = kept.at(-1)?.end ?? plan.from
  ledger.reopen(since, planWindows({ start: since, end }))
  ledger.set('to', String(end))
  return isNew ? 'new' : 'extended'
}

function* callsOf(ledger: Ledger): Generator<Record<string, unknown>> {
  for (const { json } of ledger.rows()) yield JSON.parse(json) as Record<string, unknown>
}

function* linesOf(ledger: Ledger, format: ExportFormat): Generator<string> {
  if (format === 'csv') yield csvHeader
  for (const { json } of ledger.rows())
    yield format === 'csv' ? encodeCsvRow(JSON.parse(json) as Record<string, unknown>) : `${json}\n`
}

/**
 * Exports a range of call logs: each id once, at its newest version seen.
 *
 * Run again it goes on where it stopped; with a later end it adds what is new. The state is
 * `PATH.state`, the manifest `PATH.manifest.json` is written last.
 *
 * @throws {StateError} when the state belongs to another export or another run holds it
 * @throws {CekuraError} when the service refuses or fails; what was read is kept
 */
export async function runExport(
  client: CekuraClient,
  plan: ExportPlan,
  rim: {
    baseUrl: string
    signal: AbortSignal
    now(): number
    /** Windows that are asked for at a time; default 4. */
    concurrency?: number
    /** Told after each window; counting takes time, so it is done only when asked for. */
    onProgress?(count: () => ReturnType<Ledger['counts']>): void
  },
): Promise<ExportSummary> {
  const path = resolve(plan.path)
  if (existsSync(path) && !existsSync(`${path}.state`))
    throw new StateError(
      `Cannot export: ${plan.path} is there and was not written by an export`,
      `give another --output, or mv ${plan.path} ${plan.path}.old`,
    )
  using ledger = openLedger(`${path}.state`)
  checkIdentity(ledger, plan, rim.baseUrl)
  if (ledger.get('salt') === undefined) ledger.set('salt', randomBytes(16).toString('hex'))
  const began = openRange(ledger, plan, rim.now())
  await readWindows(client, ledger, {
    agentId: plan.agentId,
    pii: plan.pii,
    salt: ledger.get('salt')!,
    concurrency: rim.concurrency ?? 4,
    signal: rim.signal,
    now: rim.now,
    onWindow: () => rim.onProgress?.(() => ledger.counts()),
  })
  const files =
    plan.format === 'parquet'
      ? await writeParquet(path, () => callsOf(ledger))
      : [{ path, ...writeWhole(path, linesOf(ledger, plan.format)) }]
  const windows = ledger.windows()
  const manifest = `${path}.manifest.json`
  const { rows } = ledger.counts()
  const facts = {
    schema_version: 1,
    agent_id: plan.agentId,
    from: iso(plan.from),
    to: iso(Number(ledger.get('to'))),
    format: plan.format,
    pii: plan.pii,
    calls: rows,
    files: files.map(({ path: file, sha256, bytes }) => ({ name: basename(file), sha256, bytes })),
    windows: windows.map((window) => ({
      from: iso(window.start),
      to: iso(window.end),
      calls: window.rows,
      read_at: window.readAt,
      stable: window.stable,
    })),
  }
  writeWhole(manifest, [`${JSON.stringify(facts, null, 2)}\n`])
  const unstable = windows.filter(({ stable }) => !stable).length
  return { calls: rows, windows: windows.length, unstable, began, path: plan.path, manifest }
}
