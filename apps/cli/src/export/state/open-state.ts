import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'
import { makeFolder } from '../write/write-files.ts'
import { ExportState } from './export-state.ts'
import { openDatabase } from './open-database.ts'

/** What must be the same in every run of an export. */
const identityOf = (plan: ExportPlan, baseUrl: string) => ({
  '--api-url': baseUrl,
  '--agent': plan.agentId,
  '--format': plan.format,
  '--pii': plan.pii,
  '--deleted': plan.deleted,
})

/** @throws {StateError} if the state was written with other arguments */
function checkIdentity(state: ExportState, plan: ExportPlan, baseUrl: string): void {
  const mine = identityOf(plan, baseUrl)
  const stored = state.get<Record<string, string | number>>('identity')
  if (stored === undefined) return state.set('identity', mine)
  for (const [name, value] of Object.entries(mine))
    if (stored[name] !== value)
      throw new StateError(
        `${plan.path} was started with ${name} ${stored[name]}; this run uses ${value}. Choose another --output, or start over with --restart.`,
        useAnotherOutput,
      )
}

/**
 * Opens the state of an export, or creates it.
 *
 * @throws {StateError} if it belongs to another export or is locked, or if there is output that no
 *   export with this state wrote
 */
export function openState(plan: ExportPlan, path: string, baseUrl: string): ExportState {
  if (!plan.restart && !existsSync(path) && existsSync(plan.path))
    throw new StateError(
      `${plan.path} exists, but its export state is missing. Choose another --output, or replace it with --restart.`,
      useAnotherOutput,
    )
  makeFolder(dirname(path))
  const state = new ExportState(openDatabase(path, plan.restart))
  try {
    checkIdentity(state, plan, baseUrl)
    return state
  } catch (error) {
    state[Symbol.dispose]()
    throw error
  }
}
