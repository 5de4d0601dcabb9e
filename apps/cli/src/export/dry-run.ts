import { existsSync } from 'node:fs'
import { countCalls } from '../list/count-calls.ts'
import { planPass } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { iso } from './read/instant.ts'
import { splitSpans } from './read/span.ts'
import type { ExportDependencies } from './run-export.ts'
import { ExportState } from './state/export-state.ts'
import { openDatabase } from './state/open-database.ts'
import { checkIdentity, identityOf, type Identity } from './state/identity.ts'
import { planPaths } from './write/paths.ts'

/** What an export would do. */
export interface ExportPreview {
  status: string
  from: string
  to: string
  /** Calls to read, by the API's `count`; null if the API sends none. */
  calls: number | null
  /** Minimum number of requests for them; null if unknown. */
  min_requests: number | null
  concurrency: number
  read: { from: string; to: string }[]
  state: string
  output: string
  manifest: string
}

/** @throws {StateError} if the state belongs to another export */
function readPrevious(path: string, plan: ExportPlan, baseUrl: string) {
  using state = new ExportState(openDatabase(path))
  const stored = state.get('identity')
  if (stored !== undefined)
    checkIdentity(identityOf(plan, baseUrl), JSON.parse(stored) as Identity, plan.path)
  return state.previousRun()
}

/** What a run would read and write. Requests only counts, and writes nothing. */
export async function previewExport(
  plan: ExportPlan,
  { createClient, baseUrl, signal, now }: ExportDependencies,
): Promise<ExportPreview> {
  const paths = planPaths(plan)
  const isNew = plan.restart || !existsSync(paths.state)
  const previous = isNew ? undefined : readPrevious(paths.state, plan, baseUrl)
  const { status, range, gaps } = planPass(plan, previous, now())
  const client = await createClient({})
  const calls = (await countCalls(client, plan.agentId, splitSpans(gaps), signal)) ?? null
  return {
    status,
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

/** A preview for a person. */
export const formatPreview = (preview: ExportPreview): string => {
  const { status, from, to, read, calls, min_requests: requests, concurrency } = preview
  return [
    `status: ${status}`,
    `range: ${from} to ${to}`,
    ...read.map((part) => `read: ${part.from} to ${part.to}`),
    `calls: ${calls === null ? 'unknown (the API sends no count)' : `about ${calls}, by the API's count`}`,
    `requests: ${requests === null ? 'unknown' : `at least ${requests}`} (concurrency ${concurrency})`,
    `output: ${preview.output}`,
    `manifest: ${preview.manifest}`,
    `state: ${preview.state}`,
    '',
  ].join('\n')
}
