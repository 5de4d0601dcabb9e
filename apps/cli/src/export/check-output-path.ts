import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../errors/command-error.ts'
import type { ExportPlan } from './plan.ts'

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

const wrong = (why: string, better: string): UsageError =>
  new UsageError(`Invalid --output: ${why}.`, ['--output', better])

/** @throws {UsageError} if the output is a folder or a device, or below a file */
export function checkOutputPath({ path, format }: ExportPlan): void {
  const parent = findParent(path)
  if (statOf(parent)?.isDirectory() === false)
    throw wrong(`${parent} is a file, not a folder`, `${parent}.${format}`)
  const found = statOf(path)
  if (!found) return
  if (found.isDirectory()) throw wrong(`${path} is a folder`, join(path, `calls.${format}`))
  if (!found.isFile()) throw wrong(`${path} is a device or a pipe`, `calls.${format}`)
}
