import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'
import { makeFolder } from '../write/write-files.ts'
import { ExportState } from './export-state.ts'
import { checkIdentity, identityOf, type Identity } from './identity.ts'
import { openDatabase } from './open-database.ts'

/** @throws {StateError} if there is output that no export with this state wrote */
function checkUntracked(path: string): void {
  if (existsSync(path))
    throw new StateError(
      `${path} exists, but its export state is missing. Choose another --output, or replace it with --restart.`,
      useAnotherOutput,
    )
}

/**
 * Opens the state of an export, or creates it.
 *
 * @throws {StateError} if it belongs to another export or is locked
 */
export function openState(plan: ExportPlan, path: string, baseUrl: string): ExportState {
  const { restart = false } = plan
  if (!restart && !existsSync(path)) checkUntracked(plan.path)
  makeFolder(dirname(path))
  const state = new ExportState(openDatabase(path, { restart }))
  try {
    const mine = identityOf(plan, baseUrl)
    const stored = state.get('identity')
    if (stored === undefined) state.set('identity', JSON.stringify(mine))
    else checkIdentity(mine, JSON.parse(stored) as Identity, plan.path)
    return state
  } catch (error) {
    state[Symbol.dispose]()
    throw error
  }
}
