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
  '--deleted': plan.deletedCalls,
})

type Identity = Readonly<Record<string, string | number>>

/** @throws {StateError} if the state was written with other arguments */
function checkIdentity(mine: Identity, theirs: Partial<Identity>, path: string): void {
  const other = Object.entries(mine).find(([name, value]) => theirs[name] !== value)
  if (!other) return
  const [name, value] = other
  throw new StateError(
    `${path} was started with ${name} ${String(theirs[name])}; this run uses ${value}. Choose another --output, or start over with --restart.`,
    useAnotherOutput,
  )
}

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
