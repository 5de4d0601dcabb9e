import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors/command-error.ts'
import type { ExportPlan } from './plan.ts'
import { planPaths } from './write/paths.ts'

const statOf = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // Below a file, or not accessible: its parent says more.
    return undefined
  }
}

/** The nearest existing parent. */
function findParent(path: string): string {
  const parent = dirname(path)
  return parent === path || statOf(parent) ? parent : findParent(parent)
}

/** @throws {UsageError} if the state is a folder, or a file that the export would replace */
function checkStatePath(plan: ExportPlan): void {
  const { state } = plan
  if (state === undefined) return
  if (statOf(state)?.isDirectory())
    throw new UsageError(`--state ${state} is a folder; expected a file.`, [
      '--state',
      join(state, 'export.state'),
    ])
  const { root, table, manifest, quarantine } = planPaths(plan)
  const written = [plan.path, manifest, quarantine]
  if (plan.partition === 'none') written.push(join(root, table('metrics', null)))
  if (written.some((path) => resolve(path) === resolve(state)))
    throw new UsageError(`--state ${state} is a file that the export writes.`, [
      '--state',
      `${plan.path}.state`,
    ])
}

const wrong = (why: string, better: string): UsageError =>
  new UsageError(`Invalid --output: ${why}.`, ['--output', better])

/** @throws {UsageError} if the output is a folder instead of a file, a file instead of a folder, or neither */
export function checkOutputPath(plan: ExportPlan): void {
  const { path, partition, format } = plan
  checkStatePath(plan)
  const parent = findParent(path)
  if (statOf(parent)?.isDirectory() === false)
    throw wrong(`${parent} is a file, not a folder`, `${parent}.${format}`)
  const found = statOf(path)
  if (!found) return
  if (partition === 'day') {
    if (!found.isDirectory()) throw wrong(`${path} is not a folder`, `${path}.days`)
  } else if (found.isDirectory()) throw wrong(`${path} is a folder`, join(path, `calls.${format}`))
  else if (!found.isFile()) throw wrong(`${path} is a device or a pipe`, `calls.${format}`)
}
