import type { CekuraClient, CekuraErrorCode, Hooks } from '@cekura-kit/client'
import { confirmDeletions } from './read/confirm-deletions.ts'
import { createConcurrencyLimit } from './read/concurrency-limit.ts'
import { iso } from './read/instant.ts'
import { readWindows } from './read/read-windows.ts'
import type { Span } from './read/span.ts'
import { createWindowPlan } from './read/window-plan.ts'
import { planPass, type PassPlan } from './plan-pass.ts'
import { settleMs, type ExportPlan } from './plan.ts'
import type { ExportState } from './state/export-state.ts'
import type { Counters } from './state/records.ts'
import { openState } from './state/open-state.ts'
import { createManifest } from './write/manifest.ts'
import { planPaths } from './write/paths.ts'
import { writeText } from './write/write-files.ts'
import { writeOutputs, writeQuarantine } from './write/write-outputs.ts'

export interface ExportSummary extends Counters {
  status: PassPlan['status']
  calls: number
  windows: number
  unstable: number
  quarantined: number
  /** Files written by this run. */
  files: number
  /** End of the exported range. */
  to: string
  path: string
  manifest: string
}

/** What a running export reports. */
export interface ExportProgress {
  start(event: { status: string; range: Span; calls: number }): void
  window(event: {
    window: Span
    calls: number
    /** Calls read by this run. */
    read: number
    /** Calls that are probably left. */
    expected: number | undefined
  }): void
  retry(event: {
    code: CekuraErrorCode
    attempt: number
    delayMs: number
    concurrency: number
  }): void
}

export interface ExportDependencies {
  createClient(onRetry?: Hooks['onRetry']): Promise<CekuraClient>
  baseUrl: string
  signal: AbortSignal
  now(): number
  progress: ExportProgress
}

/** A client for an export, and the limit that its rate limit errors lower. */
async function createReader(
  { createClient, progress, now }: ExportDependencies,
  concurrency: number,
) {
  const limit = createConcurrencyLimit(concurrency, now)
  const client = await createClient(({ code, attempts, delayMs }) => {
    if (code === 'rate_limit') limit.slow()
    progress.retry({ code, attempt: attempts, delayMs, concurrency: limit.limit() })
  })
  return { client, limit }
}

/** Stores the range and returns what has to be read. */
function startPass(state: ExportState, plan: ExportPlan, now: number): PassPlan {
  const previous = state.previousRun()
  const pass = planPass(plan, previous, now)
  if (pass.status === 'up to date') return pass
  // The words of the first run stay, so that they are recognized in every later run.
  const from = previous?.from ?? plan.from
  const to = { text: previous?.to.text ?? plan.to?.text ?? '', time: pass.range.end }
  state.startPass({ from, to }, pass.rereadSince)
  return pass
}

/** Reads what is missing into the state. */
async function readPass(
  state: ExportState,
  plan: ExportPlan,
  pass: PassPlan,
  dependencies: ExportDependencies,
): Promise<void> {
  const { progress, signal, now } = dependencies
  const { client, limit } = await createReader(dependencies, plan.concurrency)
  const windows = createWindowPlan(pass.gaps, plan.pageSize)
  const { agentId, pageSize, pii } = plan
  let read = 0
  await readWindows(
    client,
    windows,
    { agentId, pageSize, pii, limit, signal, now, settleMs },
    (window, result) => {
      state.commit(window, result)
      read += result.rows.length
      progress.window({ window, calls: result.rows.length, read, expected: windows.expected() })
    },
  )
  if (pass.status === 'up to date') return
  const { range } = pass
  const options = { agentId, pii, signal, now: now(), range }
  const { deleted, moved } = await confirmDeletions(client, state, options)
  state.markDeleted(deleted, iso(now()), plan.deletedCalls === 'drop')
  state.markDeleted(moved, iso(now()), true)
  state.set('complete', '1')
}

/**
 * Exports a range of call logs: each id once, in its newest version.
 *
 * Another run with the same words resumes an unfinished export and extends a finished one. The
 * manifest is written last.
 *
 * @throws {StateError} if the state belongs to another export or another run holds it
 * @throws {CekuraError} if the API fails; what was read is saved
 * @throws {DiskError} if writing fails; the old files are whole
 */
export async function runExport(
  plan: ExportPlan,
  dependencies: ExportDependencies,
): Promise<ExportSummary> {
  const { progress, signal, now, baseUrl } = dependencies
  const paths = planPaths(plan.path)
  using state = openState(plan, paths.state, baseUrl)
  const pass = startPass(state, plan, now())
  const { range } = pass
  progress.start({ status: pass.status, range, calls: state.counts().calls })
  await readPass(state, plan, pass, dependencies)
  signal.throwIfAborted()
  const files = await writeOutputs(state, plan, paths, signal)
  await writeQuarantine(state, paths.quarantine)
  const manifest = createManifest(state, plan, { range, baseUrl })
  await writeText(paths.manifest, [`${JSON.stringify(manifest, null, 2)}\n`])
  const windows = state.windows()
  return {
    ...state.counters(),
    status: pass.status,
    calls: manifest.calls,
    windows: windows.length,
    unstable: windows.filter(({ stable }) => !stable).length,
    quarantined: manifest.quarantined,
    files,
    to: iso(range.end),
    path: plan.path,
    manifest: paths.manifest,
  }
}
