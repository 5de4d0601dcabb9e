import { existsSync } from 'node:fs'
import { planPass } from './plan-pass.ts'
import type { ExportPlan } from './plan.ts'
import { iso } from './read/instant.ts'
import { ExportState } from './state/export-state.ts'
import { checkIdentity, identityOf, type Identity } from './state/identity.ts'
import { openDatabase } from './state/open-database.ts'
import { planPaths } from './write/paths.ts'

/** @throws {StateError} if the state belongs to another export */
function readPrevious(path: string, plan: ExportPlan, baseUrl: string) {
  using state = new ExportState(openDatabase(path))
  const stored = state.get('identity')
  if (stored !== undefined)
    checkIdentity(identityOf(plan, baseUrl), JSON.parse(stored) as Identity, plan.path)
  return state.previousRun()
}

/** What a run would read and write. Requests nothing and writes nothing. */
export function previewExport(plan: ExportPlan, baseUrl: string, now: number): string {
  const paths = planPaths(plan.path)
  const isNew = plan.restart || !existsSync(paths.state)
  const previous = isNew ? undefined : readPrevious(paths.state, plan, baseUrl)
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
