import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StateError } from '../errors/command-error.ts'
import { dropFlag, writeCommand } from '../errors/suggestion.ts'
import { settleMs, type ExportPlan } from './plan.ts'
import { readWindows } from './read/read-windows.ts'
import type { Span } from './read/span.ts'
import { createWindowPlan } from './read/window-plan.ts'
import { createReader, type ExportDependencies } from './run-export.ts'
import type { ExportState } from './state/export-state.ts'
import type { StateRow } from './state/records.ts'
import { callRule, openStateOf } from './state/open-state-of.ts'
import { hashFile } from './write/hash-file.ts'
import { planPaths } from './write/paths.ts'

export interface VerificationResult {
  /** Calls of the API that were compared. */
  calls: number
  /** Ids that the export lacks. */
  missing: string[]
  /** Ids that the API lacks. */
  deleted: string[]
  /** Ids whose call differs. */
  changed: string[]
  /** Files that were modified after the export. */
  modified: string[]
}

const exportFirst = (args: readonly string[]): string =>
  `${writeCommand(dropFlag(args, '--verify'))}  # export first`

function compare(
  state: ExportState,
  window: Span,
  rows: readonly StateRow[],
  result: VerificationResult,
): void {
  const kept = new Map<string, string>()
  for (const [id, json, deletedAt] of state.calls(window))
    if (deletedAt === null) kept.set(String(id), json)
  for (const { id, json } of rows) {
    const name = String(id)
    const mine = kept.get(name)
    if (mine === undefined) result.missing.push(name)
    else if (mine !== json) result.changed.push(name)
    kept.delete(name)
  }
  result.deleted.push(...kept.keys())
  result.calls += rows.length
}

/**
 * Reads the exported range again and compares it; hashes the files. Writes nothing.
 *
 * @throws {StateError} if there is no finished export
 */
export async function verifyExport(
  plan: ExportPlan,
  dependencies: ExportDependencies,
): Promise<VerificationResult> {
  const paths = planPaths(plan)
  if (!existsSync(paths.state))
    throw new StateError(`Nothing to verify: ${paths.state} does not exist.`, exportFirst)
  using state = openStateOf({ ...plan, start: 'resume' }, paths, dependencies)
  const previous = state.previousRun()
  if (!previous?.isComplete)
    throw new StateError(`Cannot verify: the export of ${plan.path} is not finished.`, exportFirst)
  const { progress, signal, now } = dependencies
  const { client, limit } = await createReader(dependencies, plan.concurrency)
  const result: VerificationResult = {
    calls: 0,
    missing: [],
    deleted: [],
    changed: [],
    modified: [],
  }
  for (const { name, sha256 } of state.files())
    if ((await hashFile(join(paths.root, name))) !== sha256) result.modified.push(name)
  const windows = createWindowPlan(joinSpans(previous.windows), plan.pageSize)
  const range = { start: previous.from.time, end: previous.to.time }
  progress.start({ status: 'verify', range, calls: state.counts().calls })
  const { agentId, pageSize } = plan
  await readWindows(
    client,
    windows,
    { ...callRule(plan, state), agentId, pageSize, limit, signal, now, settleMs },
    (window, { rows }) => {
      compare(state, window, rows, result)
      const expected = windows.expected()
      progress.window({ window, calls: rows.length, read: result.calls, expected })
    },
  )
  return result
}

/** Adjacent windows as one span. */
function joinSpans(windows: readonly Span[]): Span[] {
  const spans: Span[] = []
  for (const { start, end } of windows) {
    const last = spans.at(-1)
    if (last?.end === start) last.end = end
    else spans.push({ start, end })
  }
  return spans
}
