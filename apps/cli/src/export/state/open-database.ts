import { chmodSync, closeSync, constants, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput, writeCommand } from '../../errors/suggestion.ts'

/** Marks an SQLite file as the state of an export. */
const applicationId = 0x63656b75
const schemaVersion = 5

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS windows (start INTEGER PRIMARY KEY, end INTEGER NOT NULL,
    stable INTEGER NOT NULL, closed INTEGER NOT NULL, pass INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
    updated_at INTEGER, seen INTEGER NOT NULL, deleted_at TEXT, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS calls_by_time ON calls (timestamp, id);
  CREATE INDEX IF NOT EXISTS calls_deleted ON calls (id) WHERE deleted_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS quarantine (window INTEGER NOT NULL, reason TEXT NOT NULL,
    json TEXT NOT NULL);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};`

/** An error of the operating system, such as EROFS. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).errno === 'number'

/** The primary result code of SQLite; undefined for another error. */
const sqliteCode = (error: unknown): number | undefined => {
  const { code, errcode = 0 } = error as { code?: string; errcode?: number }
  return code === 'ERR_SQLITE_ERROR' ? errcode & 0xff : undefined
}

/** BUSY and LOCKED. */
const lockCodes = new Set<number | undefined>([5, 6])
/** READONLY, IOERR, FULL and CANTOPEN. */
const diskCodes = new Set<number | undefined>([8, 10, 13, 14])

/** Whether SQLite failed because of the disk. */
export const isDiskError = (error: unknown): boolean => diskCodes.has(sqliteCode(error))

/** Creates the file if it is missing, readable by its owner only. Links are not followed. */
function createPrivateFile(path: string): void {
  const { O_CREAT, O_RDWR, O_NOFOLLOW } = constants
  closeSync(openSync(path, O_CREAT | O_RDWR | O_NOFOLLOW, 0o600))
  chmodSync(path, 0o600)
}

/**
 * Creates the tables, with `restart` from scratch. The file stays, and with it the lock.
 *
 * @throws {StateError} if the file has tables that no export wrote, or another version of one
 */
function createTables(db: DatabaseSync, path: string, restart: boolean): void {
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()
  const readPragma = (name: string) => db.prepare(`PRAGMA ${name}`).get()![name]
  if (tables.length > 0 && readPragma('application_id') !== applicationId)
    throw new StateError(
      `${path} is a database of something else. Choose another --output.`,
      useAnotherOutput,
    )
  const version = readPragma('user_version')
  if (tables.length > 0 && version !== schemaVersion && !restart)
    throw new StateError(
      `${path} was written by another version (schema ${String(version)}, expected ${schemaVersion}). Choose another --output, or start over with --restart.`,
      useAnotherOutput,
    )
  const drops = restart ? tables.map(({ name }) => `DROP TABLE "${String(name)}";`).join(' ') : ''
  db.exec(`BEGIN; ${drops} ${schema} COMMIT`)
  // The old calls can hold personal data that the new ones do not.
  if (restart) db.exec('VACUUM')
}

function explain(error: unknown, path: string): unknown {
  if (error instanceof StateError || isDiskError(error) || isSystemError(error)) return error
  if (lockCodes.has(sqliteCode(error)))
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
export function openDatabase(path: string, restart = false): DatabaseSync {
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
    createTables(db, path, restart)
    return db
  } catch (error) {
    db?.close()
    throw explain(error, path)
  }
}
