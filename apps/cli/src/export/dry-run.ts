import { existsSync } from 'node:fs'
import { planPass } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { iso } from './read/instant.ts'
import { openState } from './state/open-state.ts'
import { planPaths } from './write/paths.ts'

/**
 * What a run would read and write. Requests nothing and writes nothing.
 *
 * @throws {StateError} if the state belongs to another export or is locked
 */
export function previewExport(plan: ExportPlan, baseUrl: string, now: number): string {
  const paths = planPaths(plan.path)
  const isNew = plan.restart || !existsSync(paths.state)
  using state = isNew ? undefined : openState(plan, paths.state, baseUrl)
  const { status, range, gaps } = planPass(plan, state?.previousRun(), now)
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
