import { dirname } from 'node:path'
import type { ExportPlan } from '../plan.ts'
import type { ExportPaths } from '../write/paths.ts'
import { DiskError, makeFolder } from '../write/write-files.ts'
import { isDiskError, isSystemError, lockOutput } from './open-database.ts'

/**
 * Holds the output of an export, so that two runs with different states cannot mix their files.
 *
 * @throws {LockedError} if another run writes it
 * @throws {DiskError}
 */
export function lockExport({ path }: ExportPlan, { lock }: ExportPaths): Disposable {
  makeFolder(dirname(lock))
  try {
    return lockOutput(lock, path)
  } catch (error) {
    throw isDiskError(error) || isSystemError(error) ? new DiskError(path, error) : error
  }
}
