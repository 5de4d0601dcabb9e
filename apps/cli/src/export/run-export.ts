import { setFlag } from '../errors/suggestion.ts'
import { formatTime, typeTime } from '../config/time.ts'
import { readBaseUrl, type Context } from '../context.ts'
import { createProgress } from '../terminal/progress.ts'
import { planPass, type PassPlan } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { createConcurrencyLimit } from './read/concurrency-limit.ts'
import { confirmDeletions } from './read/confirm-deletions.ts'
import { iso } from './read/instant.ts'
import { readWindows } from './read/read-windows.ts'
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
  /** The command that resumes it. */
  args: readonly string[]
  /** Calls read by this run. */
  read: number
}

/** An export retries longer than a person at a prompt would wait. */
const maxRetries = 5

/** Stores the range and returns what has to be read. */
function startPass(state: ExportState, run: RunningExport): PassPlan {
  const { plan, context } = run
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
  context.err.note(`Range: ${formatTime(range.start)} to ${formatTime(range.end)}.`)
  return pass
}

/** Reads what is missing into the state. */
async function readPass(state: ExportState, pass: PassPlan, run: RunningExport): Promise<void> {
  const { plan, context } = run
  const { signal, now } = context.io
  const limit = createConcurrencyLimit(plan.concurrency)
  const client = await context.createClient({
    maxRetries,
    onRetry({ code }) {
      if (code === 'rate_limit') limit.slow()
    },
  })
  const windows = createWindowPlan(pass.gaps, plan.pageSize)
  using progress = createProgress(context.err, context.io)
  // Something to look at before the first response.
  progress.update(0, 0)
  const options = { ...plan, limit, signal, now }
  await readWindows(client, windows, options, (window, result) => {
    state.commit(window, result)
    run.read += result.rows.length
    const left = windows.expected()
    if (left === undefined) return
    const all = run.read + left
    progress.update(all === 0 ? 1 : run.read / all, run.read)
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
  const written = await writeOutputs(state, plan, paths, signal)
  await writeQuarantine(state, paths.quarantine)
  const manifest = createManifest(state, plan, pass.range, baseUrl)
  await writeText(paths.manifest, [`${JSON.stringify(manifest, null, 2)}\n`])
  return {
    manifest,
    status: pass.status,
    path: plan.path,
    windows: state.windows().length,
    written,
  }
}
export type ExportSummary = Awaited<ReturnType<typeof runExport>>
