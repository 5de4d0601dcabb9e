import { existsSync } from 'node:fs'
import { iso } from './instant.ts'
import { openLedger } from './ledger.ts'
import { planPaths } from './paths.ts'
import {
  checkIdentity,
  identityOf,
  planPass,
  type ExportPlan,
  type Identity,
} from './plan-export.ts'
import { readReached, type ExportRim } from './run-export.ts'
import { cutSpans } from './walk-plan.ts'

/** What an export would do. */
export interface PlanReport {
  began: string
  from: string
  to: string
  /** Calls to read, an estimate by the API's `count`; null when the API sends none. */
  calls: number | null
  /** Minimum number of requests for them, null when unknown; in practice a quarter more. */
  min_requests: number | null
  concurrency: number
  read: { from: string; to: string }[]
  state: string
  output: string
  manifest: string
}

/** What a run would read and write. Asks the service for counts alone, and writes nothing. */
export async function tellPlan(plan: ExportPlan, rim: ExportRim): Promise<PlanReport> {
  const paths = planPaths(plan)
  const reached =
    plan.begin === 'restart' || !existsSync(paths.state)
      ? undefined
      : readState(paths.state, plan, rim.baseUrl)
  const { began, range, gaps } = planPass(plan, reached, rim.now())
  const client = await rim.createClient({})
  let calls: number | null = 0
  for (const { start, end } of cutSpans(gaps)) {
    const query = {
      agent_id: plan.agentId,
      page_size: 1,
      timestamp_from: iso(start),
      timestamp_to: iso(end),
    }
    const { count } = await client.callLogs.list(query, { signal: rim.signal })
    calls = calls === null || count === undefined ? null : calls + count
  }
  return {
    began,
    from: iso(range.start),
    to: iso(range.end),
    calls,
    min_requests: calls === null ? null : Math.ceil(calls / plan.pageSize),
    concurrency: plan.concurrency,
    read: gaps.map(({ start, end }) => ({ from: iso(start), to: iso(end) })),
    state: paths.state,
    output: plan.path,
    manifest: paths.manifest,
  }
}

/** @throws {StateError} when it is of another export, as the run itself would */
function readState(path: string, plan: ExportPlan, baseUrl: string) {
  using ledger = openLedger(path)
  const stored = ledger.get('identity')
  // The key of hashes is none of a plan's business.
  const { 'hash key': _, ...mine } = identityOf(plan, baseUrl, '')
  if (stored !== undefined) checkIdentity(mine, JSON.parse(stored) as Identity, plan.path)
  return readReached(ledger)
}
