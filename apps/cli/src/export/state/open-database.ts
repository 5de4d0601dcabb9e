import { chmodSync, closeSync, constants, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput, writeCommand } from '../../errors/suggestion.ts'

export const stateSchemaVersion = '4'

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  INSERT OR IGNORE INTO meta VALUES ('schema', '${stateSchemaVersion}');
  CREATE TABLE IF NOT EXISTS windows (start INTEGER PRIMARY KEY, end INTEGER NOT NULL,
    stable INTEGER NOT NULL, closed INTEGER NOT NULL, pass INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
    updated_at INTEGER, seen INTEGER NOT NULL, deleted_at TEXT, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS calls_by_time ON calls (timestamp, id);
  CREATE INDEX IF NOT EXISTS calls_deleted ON calls (id) WHERE deleted_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS quarantine (window INTEGER NOT NULL, reason TEXT NOT NULL,
    json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counters (one INTEGER PRIMARY KEY CHECK (one = 1),
    pass INTEGER NOT NULL, new INTEGER NOT NULL, changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, deleted INTEGER NOT NULL);
  INSERT OR IGNORE INTO counters VALUES (1, 1, 0, 0, 0, 0);`

/** An error of the operating system, such as EROFS. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number'

const primaryCode = (error: unknown): number | undefined => {
  const { code, errcode } = error as { code?: string; errcode?: number }
  return code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined
}
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

/**
 * Names of the tables of a state; none in a new one.
 *
 * @throws {StateError} if the file has tables that no export wrote
 */
function listTables(db: DatabaseSync, path: string): string[] {
  const rows = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()
  const tables = rows.map(({ name }) => String(name))
  if (tables.length > 0 && !['meta', 'windows', 'calls'].every((name) => tables.includes(name)))
    throw new StateError(
      `${path} is a database of something else. Choose another --output.`,
      useAnotherOutput,
    )
  return tables
}

/** Empties a state. The file stays, and with it the lock. */
function clear(db: DatabaseSync, tables: readonly string[]): void {
  for (const name of tables) db.exec(`DROP TABLE "${name}"`)
  // The calls can hold personal data that the new ones do not.
  db.exec('VACUUM')
}

function explain(error: unknown, path: string): unknown {
  if (error instanceof StateError || isDiskError(error) || isSystemError(error)) return error
  // BUSY, LOCKED
  if ([5, 6].includes(primaryCode(error) ?? 0))
    return new StateError(
      `Another export is already writing ${path}. Try again when it finishes.`,
      writeCommand,
    )
  return new StateError(
    `${path} is not an export state (${(error as Error).message}). Choose another --output.`,
    useAnotherOutput,
  )
}

/**
 * Opens the SQLite file of a state. It is locked until it is closed or the process ends.
 *
 * @throws {StateError} if another run holds it, or it is not a state, or one of another version
 */
export function openDatabase(path: string, { restart = false } = {}): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    createPrivateFile(path)
    db = new DatabaseSync(path)
    // An exclusive log needs no shared memory. NORMAL: a power failure can lose the last windows
    // together with their progress; the next run reads them again.
    db.exec(
      `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
       BEGIN EXCLUSIVE; COMMIT`,
    )
    const tables = listTables(db, path)
    if (restart) clear(db, tables)
    db.exec(`BEGIN; ${schema} COMMIT`)
    const { value } = db.prepare(`SELECT value FROM meta WHERE key = 'schema'`).get()!
    if (value !== stateSchemaVersion)
      throw new StateError(
        `${path} was written by another version (schema ${value}, expected ${stateSchemaVersion}). Choose another --output, or start over with --restart.`,
        useAnotherOutput,
      )
    return db
  } catch (error) {
    db?.close()
    throw explain(error, path)
  }
}
