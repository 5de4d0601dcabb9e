import { setFlag } from '../errors/suggestion.ts'
import { formatTime, typeTime } from '../config/time.ts'
import { readBaseUrl, type Context } from '../context.ts'
import type { Progress } from '../terminal/progress.ts'
import { planPass, type PassPlan } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { createConcurrencyLimit } from './read/concurrency-limit.ts'
import { confirmDeletions } from './read/confirm-deletions.ts'
import { iso } from './read/instant.ts'
import { readWindows } from './read/read-windows.ts'
import type { Span } from './read/span.ts'
import { createWindowPlan } from './read/window-plan.ts'
import type { ExportState } from './state/export-state.ts'
import { openState } from './state/open-state.ts'
import { createManifest } from './write/manifest.ts'
import { planPaths } from './write/paths.ts'
import { writeText } from './write/write-files.ts'
import { writeOutputs, writeQuarantine } from './write/write-outputs.ts'

/** An export while it runs. */
export interface RunningExport {
  plan: ExportPlan
  context: Context
  progress: Progress
  /** The command that resumes it. */
  args: readonly string[]
  /** Calls read by this run. */
  read: number
}

/** An export retries longer than a person at a prompt would wait. */
const maxRetries = 5

const toRange = ({ start, end }: Span) => ({ from: iso(start), to: iso(end) })

/** Stores the range and returns what has to be read. */
function startPass(state: ExportState, run: RunningExport): PassPlan {
  const { plan, context, progress } = run
  const previous = state.previousRun()
  const pass = planPass(plan, previous, context.io.now())
  const { status, range, rereadSince } = pass
  if (status !== 'up to date') {
    // The words of the first run stay, so that they are recognized in every later run.
    const from = previous?.from ?? plan.from
    const to = { text: previous?.to.text ?? plan.to?.text ?? '', time: range.end }
    state.startPass({ from, to }, rereadSince)
  }
  // Relative times mean something else later: a suggestion has those of the state.
  run.args = setFlag(run.args, '--from', typeTime(range.start))
  if (plan.to) run.args = setFlag(run.args, '--to', typeTime(range.end))
  progress.event('start', { status, ...toRange(range), calls: state.counts().calls })
  context.err.note(`Range: ${formatTime(range.start)} to ${formatTime(range.end)}.`)
  // Something to look at before the first response.
  progress.update(() => ({ share: 0, counts: { calls: 0 } }))
  return pass
}

/** Reads what is missing into the state. */
async function readPass(state: ExportState, pass: PassPlan, run: RunningExport): Promise<void> {
  const { plan, context, progress } = run
  const { signal, now } = context.io
  const limit = createConcurrencyLimit(plan.concurrency)
  const client = await context.createClient({
    maxRetries,
    onRetry({ code, attempts, delayMs }) {
      if (code === 'rate_limit') limit.slow()
      const facts = { code, attempt: attempts, delay_ms: delayMs, concurrency: limit.limit() }
      progress.event('retry', facts)
    },
  })
  const windows = createWindowPlan(pass.gaps, plan.pageSize)
  const options = { ...plan, limit, signal, now }
  await readWindows(client, windows, options, (window, result) => {
    state.commit(window, result)
    const calls = result.rows.length
    run.read += calls
    const { read } = run
    const left = windows.expected()
    const expected = left === undefined ? null : Math.round(left)
    progress.event('window', { ...toRange(window), calls, read, expected })
    if (left === undefined) return
    const share = read + left === 0 ? 1 : read / (read + left)
    progress.update(() => ({ share, counts: { calls: read } }))
  })
  const { deleted, moved } = await confirmDeletions(client, state, pass.range, options)
  state.markDeleted(deleted, iso(now()), plan.deleted === 'drop')
  state.markDeleted(moved, iso(now()), true)
  state.set('complete', true)
}

/**
 * Exports a range of call logs: each id once, in its newest version.
 *
 * Another run with the same words resumes an unfinished export and extends a finished one. The
 * manifest is written last.
 *
 * @throws {StateError} if the state belongs to another export or another run holds it
 * @throws {CekuraError} if the API fails; what was read is saved
 */
export async function runExport(run: RunningExport) {
  const { plan, context } = run
  const { signal } = context.io
  const baseUrl = readBaseUrl(context.options)
  const paths = planPaths(plan.path)
  using state = openState(plan, paths.state, baseUrl)
  const pass = startPass(state, run)
  if (pass.status !== 'up to date') await readPass(state, pass, run)
  signal.throwIfAborted()
  const files = await writeOutputs(state, plan, paths, signal)
  await writeQuarantine(state, paths.quarantine)
  const manifest = createManifest(state, plan, pass.range, baseUrl)
  await writeText(paths.manifest, [`${JSON.stringify(manifest, null, 2)}\n`])
  return {
    ...manifest.last_run,
    status: pass.status,
    calls: manifest.calls,
    windows: state.windows().length,
    unstable: manifest.unstable.length,
    quarantined: manifest.quarantined,
    /** Files written by this run. */
    files,
    /** End of the exported range. */
    to: manifest.to,
    path: plan.path,
    manifest: paths.manifest,
  }
}
export type ExportSummary = Awaited<ReturnType<typeof runExport>>
