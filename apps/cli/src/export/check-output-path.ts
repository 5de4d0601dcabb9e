import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../errors/command-error.ts'
import type { ExportPlan } from './plan.ts'
import { isReserved } from './write/paths.ts'

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

/**
 * @throws {UsageError} if the output is a folder or a device, below a file, or has a name that two
 * exports could write
 */
export function checkOutputPath({ path, format }: ExportPlan): void {
  if (isReserved(path))
    throw wrong(`${path} can be a file of another export`, join(dirname(path), `calls.${format}`))
  if (format === 'parquet' && !path.toLowerCase().endsWith('.parquet'))
    throw wrong('Parquet needs a name that ends in .parquet', `${path}.parquet`)
  const parent = findParent(path)
  if (statOf(parent)?.isDirectory() === false)
    throw wrong(`${parent} is a file, not a folder`, `${parent}.${format}`)
  const found = statOf(path)
  if (!found) return
  if (found.isDirectory()) throw wrong(`${path} is a folder`, join(path, `calls.${format}`))
  if (!found.isFile()) throw wrong(`${path} is a device or a pipe`, `calls.${format}`)
}
