import { chmodSync, closeSync, constants, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput, writeCommand } from '../../errors/suggestion.ts'

export const stateSchemaVersion = '3'

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS windows (start INTEGER PRIMARY KEY, end INTEGER NOT NULL,
    calls INTEGER NOT NULL, read_at INTEGER NOT NULL, stable INTEGER NOT NULL,
    closed INTEGER NOT NULL, pass INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
    updated_at INTEGER, seen INTEGER NOT NULL, deleted_at TEXT, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS calls_by_time ON calls (timestamp, id);
  CREATE INDEX IF NOT EXISTS calls_deleted ON calls (id) WHERE deleted_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS quarantine (window INTEGER NOT NULL, reason TEXT NOT NULL,
    json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS dirty (day INTEGER PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, day INTEGER, sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL, rows INTEGER NOT NULL, modified REAL NOT NULL);
  CREATE TABLE IF NOT EXISTS counters (one INTEGER PRIMARY KEY CHECK (one = 1),
    pass INTEGER NOT NULL, new INTEGER NOT NULL, changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, deleted INTEGER NOT NULL);
  INSERT OR IGNORE INTO counters VALUES (1, 1, 0, 0, 0, 0);`

/** Another run holds the file. */
export class LockedError extends StateError {
  constructor(path: string) {
    super(`Another export is already writing ${path}. Try again when it finishes.`, writeCommand)
  }
}

/** An error of the operating system, such as EROFS. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number'

const primaryCode = (error: unknown): number | undefined => {
  const { code, errcode } = error as { code?: string; errcode?: number }
  return code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined
}
// BUSY, LOCKED
const isLockedError = (error: unknown): boolean => [5, 6].includes(primaryCode(error) ?? 0)
/** Whether SQLite failed because of the disk. */
export const isDiskError = (error: unknown): boolean =>
  // FULL, READONLY, IOERR, CANTOPEN
  [13, 8, 10, 14].includes(primaryCode(error) ?? 0)

/** Creates the file if it is missing, readable by its owner only. Links are not followed. */
function createPrivateFile(path: string): void {
  const { O_CREAT, O_RDWR, O_NOFOLLOW } = constants
  closeSync(openSync(path, O_CREAT | O_RDWR | O_NOFOLLOW, 0o600))
  chmodSync(path, 0o600)
}

function openExclusive(path: string, setup: string): DatabaseSync {
  createPrivateFile(path)
  const db = new DatabaseSync(path)
  try {
    db.exec(setup)
    return db
  } catch (error) {
    db.close()
    throw isLockedError(error) ? new LockedError(path) : error
  }
}

/** Removes a state with its write-ahead log. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true })
}

/**
 * Opens the SQLite file of a state. It is locked until it is closed or the process ends.
 *
 * @throws {LockedError} if another run holds it
 * @throws {StateError} if it is not a state, or one of another version
 */
export function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    // An exclusive log needs no shared memory. NORMAL: a power failure can lose the last windows
    // together with their progress; the next run reads them again.
    db = openExclusive(
      path,
      `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
       BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
       INSERT OR IGNORE INTO meta VALUES ('schema', '${stateSchemaVersion}'); COMMIT`,
    )
    const { value } = db.prepare(`SELECT value FROM meta WHERE key = 'schema'`).get()!
    if (value !== stateSchemaVersion)
      throw new StateError(
        `${path} was written by another version (schema ${value}, expected ${stateSchemaVersion}). Choose another --output, or start over with --restart.`,
        useAnotherOutput,
      )
    db.exec(`BEGIN; ${schema} COMMIT`)
    return db
  } catch (error) {
    db?.close()
    if (error instanceof StateError || isDiskError(error) || isSystemError(error)) throw error
    throw new StateError(
      `${path} is not an export state (${(error as Error).message}). Choose another --output, or start over with --restart.`,
      useAnotherOutput,
    )
  }
}

const inodeOf = (path: string): bigint | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false })?.ino

/**
 * Holds an output for one run, whichever state it uses. The file is empty and is removed at the end;
 * after a crash the operating system releases the lock and the next run takes the file over.
 *
 * @throws {LockedError} if another run holds it
 */
export function lockOutput(path: string, output: string): Disposable {
  for (;;) {
    createPrivateFile(path)
    const inode = inodeOf(path)
    let db: DatabaseSync
    try {
      db = openExclusive(path, 'BEGIN EXCLUSIVE')
    } catch (error) {
      throw error instanceof LockedError ? new LockedError(output) : error
    }
    // A run that ended meanwhile has removed the file that is locked now.
    if (inode !== undefined && inode === inodeOf(path))
      return {
        [Symbol.dispose]() {
          rmSync(path, { force: true })
          db.close()
        },
      }
    db.close()
  }
}
