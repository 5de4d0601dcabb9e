import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createKeyedHash } from '@cekura-kit/call-format/keyed-hash'
import { StateError } from '../../errors/command-error.ts'
import { dropFlag, useAnotherOutput, writeCommand } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'
import type { CallRule } from '../read/parse-call.ts'
import { shardOfDay } from '../read/spans.ts'
import type { ExportPaths } from '../write/paths.ts'
import { makeFolder } from '../write/write-files.ts'
import { openExportState, type ExportState } from './export-state.ts'
import { checkIdentity, identityOf, type Identity } from './identity.ts'
import { LockedError, removeExportState } from './open-database.ts'

const untrackedOutputError = (path: string): StateError =>
  new StateError(
    `${path} exists, but its export state is missing. Choose another --output, or replace it with --restart.`,
    useAnotherOutput,
  )

/** @throws {StateError} if there is output that no export with this state wrote */
function checkUntracked(plan: ExportPlan, { root, table }: ExportPaths): void {
  const { path, partition, shard } = plan
  if (partition === 'none') {
    if (existsSync(path)) throw untrackedOutputError(path)
    return
  }
  const folder = dirname(dirname(join(root, table('call_logs', 0))))
  if (!existsSync(folder)) return
  const day = readdirSync(folder).find((name) => {
    const time = name.startsWith('dt=') ? Date.parse(name.slice(3)) : Number.NaN
    return !Number.isNaN(time) && (!shard || shardOfDay(time, shard.of) === shard.index)
  })
  if (day !== undefined) throw untrackedOutputError(join(folder, day))
}

/** Discards the state, unless another run holds it. */
function discardState(path: string): void {
  try {
    openExportState(path)[Symbol.dispose]()
  } catch (error) {
    if (error instanceof LockedError) throw error
  }
  removeExportState(path)
}

/** Distinguishes two keys without revealing either. */
export const keyCheckOf = (key: string): string =>
  createHash('sha256').update(`cekura-logs key check ${key}`).digest('hex').slice(0, 16)

/** How the calls of an export are stored. */
export const callRule = ({ pii }: ExportPlan, state: ExportState): CallRule => ({
  pii,
  hash: createKeyedHash(state.get('hash_key')!),
})

/**
 * Opens the state of an export, or creates it.
 *
 * @throws {StateError} if it belongs to another export, is missing with `--resume`, or is locked
 */
export function openStateOf(
  plan: ExportPlan,
  paths: ExportPaths,
  { baseUrl, hashKey }: { baseUrl: string; hashKey?: string | undefined },
): ExportState {
  const exists = existsSync(paths.state)
  if (plan.start === 'resume' && !exists)
    throw new StateError(
      `Nothing to resume: ${paths.state} does not exist.`,
      (args) =>
        `${writeCommand(dropFlag(args, '--resume'))}  # start it, or pass the --output of an existing export`,
    )
  if (!exists && plan.start !== 'restart') checkUntracked(plan, paths)
  makeFolder(dirname(paths.state))
  if (plan.start === 'restart' && exists) discardState(paths.state)
  const state = openExportState(paths.state)
  try {
    if (state.get('hash_key') === undefined)
      state.set('hash_key', hashKey ?? randomBytes(32).toString('hex'))
    const mine = identityOf(plan, baseUrl, keyCheckOf(hashKey ?? state.get('hash_key')!))
    const stored = state.get('identity')
    if (stored === undefined) state.set('identity', JSON.stringify(mine))
    else checkIdentity(mine, JSON.parse(stored) as Identity, plan.path)
    return state
  } catch (error) {
    state[Symbol.dispose]()
    throw error
  }
}
