import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'
import type { ExportPaths } from '../write/paths.ts'
import { makeFolder } from '../write/write-files.ts'
import { ExportState } from './export-state.ts'
import { checkIdentity, identityOf, type Identity } from './identity.ts'
import { openDatabase } from './open-database.ts'

/** @throws {StateError} if there is output that no export with this state wrote */
function checkUntracked({ path, partition }: ExportPlan, { root, table }: ExportPaths): void {
  const folder = dirname(dirname(join(root, table('call_logs', 0))))
  const day =
    partition === 'day' && existsSync(folder)
      ? readdirSync(folder).find((name) => name.startsWith('dt='))
      : undefined
  const found = partition === 'day' ? day && join(folder, day) : existsSync(path) && path
  if (found)
    throw new StateError(
      `${found} exists, but its export state is missing. Choose another --output, or replace it with --restart.`,
      useAnotherOutput,
    )
}

/**
 * Opens the state of an export, or creates it.
 *
 * @throws {StateError} if it belongs to another export or is locked
 */
export function openState(plan: ExportPlan, paths: ExportPaths, baseUrl: string): ExportState {
  const { restart = false } = plan
  if (!restart && !existsSync(paths.state)) checkUntracked(plan, paths)
  makeFolder(dirname(paths.state))
  const state = new ExportState(openDatabase(paths.state, { restart }))
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
