import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StateError } from '../command-error.ts'
import { dropFlag, writeCommand } from '../write-command.ts'
import type { Ledger, LedgerRow } from './ledger.ts'
import { createPace } from './pace.ts'
import { planPaths } from './paths.ts'
import { settleMs, type ExportPlan } from './plan-export.ts'
import { readWindows } from './read-windows.ts'
import { openState, ruleOf, type ExportRim } from './run-export.ts'
import type { Span } from './span.ts'
import { createWalkPlan } from './walk-plan.ts'

export interface Verdict {
  /** Calls of the service that were compared. */
  calls: number
  /** Ids that the service has and the export has not. */
  missing: string[]
  /** Ids that the export has and the service has not. */
  gone: string[]
  /** Ids whose call is not as it was exported. */
  changed: string[]
  /** Files that are not what was written. */
  broken: string[]
}

/** SHA-256 of a file in hex; undefined when there is none. */
export async function hashFile(path: string): Promise<string | undefined> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function compare(ledger: Ledger, window: Span, rows: readonly LedgerRow[], verdict: Verdict): void {
  const kept = new Map<string, string>()
  for (const [id, json, deletedAt] of ledger.calls(window))
    if (deletedAt === null) kept.set(String(id), json)
  for (const { id, json } of rows) {
    const name = String(id)
    const mine = kept.get(name)
    if (mine === undefined) verdict.missing.push(name)
    else if (mine !== json) verdict.changed.push(name)
    kept.delete(name)
  }
  verdict.gone.push(...kept.keys())
  verdict.calls += rows.length
}

/**
 * Reads everything that was exported once more and compares; hashes the files. Changes nothing.
 *
 * @throws {StateError} when there is no state of this export
 */
export async function verifyExport(plan: ExportPlan, rim: ExportRim): Promise<Verdict> {
  const paths = planPaths(plan)
  if (!existsSync(paths.state))
    throw new StateError(
      `Cannot verify: there is no state ${paths.state}`,
      (args) => `${writeCommand(dropFlag(args, '--verify'))}  # to export first`,
    )
  using ledger = openState({ ...plan, begin: 'resume' }, paths, rim)
  if (ledger.get('complete') !== '1')
    throw new StateError(
      `Cannot verify: the export of ${plan.path} has not come to its end`,
      (args) => `${writeCommand(dropFlag(args, '--verify'))}  # to go on with it`,
    )
  const { progress, signal, now } = rim
  const pace = createPace(plan.concurrency, now)
  const client = await rim.createClient({
    onRetry({ code, attempts, delayMs }) {
      if (code === 'rate_limit') pace.slow()
      progress.retry({ code, attempt: attempts, delayMs, concurrency: pace.limit() })
    },
  })
  const verdict: Verdict = { calls: 0, missing: [], gone: [], changed: [], broken: [] }
  for (const { name, sha256 } of ledger.files())
    if ((await hashFile(join(paths.root, name))) !== sha256) verdict.broken.push(name)
  const windows = ledger.windows()
  const walk = createWalkPlan(joinSpans(windows), plan.pageSize)
  const range = { start: windows[0]?.start ?? plan.from, end: windows.at(-1)?.end ?? plan.from }
  progress.start({ began: 'verify', range, calls: ledger.counts().calls })
  await readWindows(
    client,
    walk,
    {
      ...ruleOf(plan, ledger),
      agentId: plan.agentId,
      pageSize: plan.pageSize,
      pace,
      signal,
      now,
      settleMs,
    },
    (window, { rows }) => {
      compare(ledger, window, rows, verdict)
      const expected = walk.expected()
      progress.window({ window, calls: rows.length, read: verdict.calls, expected })
    },
  )
  return verdict
}

/** Windows that touch as one span. */
function joinSpans(windows: readonly Span[]): Span[] {
  const spans: Span[] = []
  for (const { start, end } of windows) {
    const last = spans.at(-1)
    if (last?.end === start) last.end = end
    else spans.push({ start, end })
  }
  return spans
}
