import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../command-error.ts'
import { planPaths } from './paths.ts'
import type { ExportPlan } from './plan-export.ts'

const look = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // Below a file, or where nobody may look: what is above says more.
    return undefined
  }
}

const refuse = (why: string, better: string): UsageError =>
  new UsageError(`Cannot export: ${why}`, ['--output', better])

/** The nearest folder above a path that is there, or what is in its place. */
function findAbove(path: string): string {
  const above = dirname(path)
  return above === path || look(above) ? above : findAbove(above)
}

/**
 * The state is none of the files that are written, which would be moved over it.
 *
 * @throws {UsageError}
 */
function checkState(plan: ExportPlan): void {
  const { state } = plan
  if (state === undefined) return
  const refuse = (why: string, better: string): UsageError =>
    new UsageError(`Cannot export: --state ${state} ${why}`, ['--state', better])
  if (look(state)?.isDirectory())
    throw refuse('is a folder, and the state is one file', join(state, 'export.state'))
  const { root, table, manifest, quarantine } = planPaths(plan)
  const written = [plan.path, manifest, quarantine]
  if (plan.partition === 'none') written.push(join(root, table('metrics', null)))
  if (written.some((path) => resolve(path) === resolve(state)))
    throw refuse('is a file that the export writes', `${plan.path}.state`)
}

/**
 * Whether the output is where such a thing can be.
 *
 * @throws {UsageError} when there is a folder for a file, a file for a folder, or what is neither,
 *   which a finished file would be moved over
 */
export function checkPlace(plan: ExportPlan): void {
  const { path, partition, format } = plan
  checkState(plan)
  const above = findAbove(path)
  if (look(above)?.isDirectory() === false)
    throw refuse(`${above} is a file, and the output would be below it`, `${above}.${format}`)
  const there = look(path)
  if (!there) return
  if (partition === 'day') {
    if (there.isDirectory()) return
    throw refuse(`${path} is no folder, and one is to be written to`, `${path}.days`)
  }
  if (there.isDirectory())
    throw refuse(
      `${path} is a folder, and one file is to be written`,
      join(path, `calls.${format}`),
    )
  if (!there.isFile()) throw refuse(`${path} is no file but a device or a pipe`, `calls.${format}`)
}
