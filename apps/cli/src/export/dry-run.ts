import { existsSync } from 'node:fs'
import { planPass } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { iso } from './read/instant.ts'
import { openState } from './state/open-state.ts'
import { planPaths } from './write/paths.ts'

function readPrevious(plan: ExportPlan, path: string, baseUrl: string) {
  using state = openState(plan, path, baseUrl)
  return state.previousRun()
}

/**
 * What a run would read and write. Requests nothing and writes nothing.
 *
 * @throws {StateError} if the state belongs to another export or is locked
 */
export function previewExport(plan: ExportPlan, baseUrl: string, now: number): string {
  const paths = planPaths(plan.path)
  const isNew = plan.restart || !existsSync(paths.state)
  const previous = isNew ? undefined : readPrevious(plan, paths.state, baseUrl)
  const { status, range, gaps } = planPass(plan, previous, now)
  return [
    `status: ${status}`,
    `range: ${iso(range.start)} to ${iso(range.end)}`,
    ...gaps.map(({ start, end }) => `read: ${iso(start)} to ${iso(end)}`),
    `output: ${plan.path}`,
    `manifest: ${paths.manifest}`,
    `state: ${paths.state}`,
    '',
  ].join('\n')
}
