import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { StateError } from '../command-error.ts'
import { writeCommand } from '../write-command.ts'
import type { Span } from './span.ts'

export interface LedgerRow {
  id: number | bigint
  timestamp: number
  /** In milliseconds since 1970; null when the service does not say. */
  updatedAt: number | null
  json: string
}

/** What a row could not be taken for, kept as it came. */
export interface QuarantinedRow {
  reason: string
  json: string
}

/** A window as it was read. */
export interface WindowRead {
  rows: readonly LedgerRow[]
  quarantined: readonly QuarantinedRow[]
  readAt: number
  /** False when others changed the window while it was read page by page. */
  stable: boolean
  /** Whether its calls had settled when it was read. */
  closed: boolean
}

export interface WindowRecord extends Span {
  calls: number
  readAt: number
  stable: boolean
  closed: boolean
}

/** What a pass over the range has met. */
export interface Tally {
  new: number
  changed: number
  unchanged: number
  gone: number
}

/** A call as it is stored. In a tuple, since SQLite gives those in two thirds of the time of objects. */
export type StoredCall = [id: number | bigint, json: string, deletedAt: string | null]

export interface FileRecord {
  name: string
  /** Start of its UTC day; null for a file of the whole range. */
  day: number | null
  sha256: string
  bytes: number
  rows: number
}

export interface Ledger extends Disposable {
  get(key: string): string | undefined
  set(key: string, value: string): void
  /**
   * Opens the range up to `to`. With `since`, what was read after it and what was not stable is read
   * again, and counting begins anew.
   */
  beginPass(to: number, since: number | undefined): void
  /** Calls gone from windows of this pass, and by that from the service. */
  missing(): { id: number | bigint; timestamp: number }[]
  /** Marks calls as gone, or forgets them. */
  bury(ids: readonly (number | bigint)[], at: string, forget: boolean): void
  /** A window's calls and its mark, both or neither. */
  commit(window: Span, read: WindowRead): void
  /** A call that was found outside its window. */
  keep(row: LedgerRow): void
  windows(): WindowRecord[]
  tally(): Tally
  counts(): { calls: number; gone: number; quarantined: number }
  /** Instants of the first call and the last; null when there is none. */
  ends(): { first: number | null; last: number | null }
  quarantined(): IterableIterator<QuarantinedRow>
  /** Each call once, by time and then id, so that the same ledger gives the same bytes. */
  calls(span?: Span): IterableIterator<StoredCall>
  /** Days whose files do not hold what the ledger holds. */
  dirtyDays(): number[]
  files(): FileRecord[]
  /** The files of a day, or of the range, hold what the ledger holds. */
  wrote(day: number | null, files: readonly FileRecord[]): void
}

const schemaVersion = '2'
export const dayMs = 86_400_000
const dayOf = (time: number): number => Math.floor(time / dayMs) * dayMs

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS windows (start INTEGER PRIMARY KEY, end INTEGER NOT NULL,
    calls INTEGER NOT NULL, read_at INTEGER NOT NULL, stable INTEGER NOT NULL,
    closed INTEGER NOT NULL, pass INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
    updated_at INTEGER, seen INTEGER NOT NULL, deleted_at TEXT, json TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS calls_by_time ON calls (timestamp, id);
  CREATE INDEX IF NOT EXISTS calls_gone ON calls (id) WHERE deleted_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS quarantine (window INTEGER NOT NULL, reason TEXT NOT NULL,
    json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS dirty (day INTEGER PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, day INTEGER, sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL, rows INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS tally (one INTEGER PRIMARY KEY CHECK (one = 1), pass INTEGER NOT NULL,
    new INTEGER NOT NULL, changed INTEGER NOT NULL, unchanged INTEGER NOT NULL,
    gone INTEGER NOT NULL);
  INSERT OR IGNORE INTO tally VALUES (1, 1, 0, 0, 0, 0);`

function openDatabase(path: string): DatabaseSync {
  // Made by us first, so that nobody else can read it for a moment.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const db = new DatabaseSync(path, { readBigInts: false })
  try {
    // In exclusive mode the log needs no shared memory, and the lock goes with the process. NORMAL:
    // a power cut can take the last windows, each with its mark, and those are read again.
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE; COMMIT`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Removes a state with its log. */
export function removeLedger(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true })
}

/**
 * The state of an export in one SQLite file.
 *
 * The file is locked while it is open; the lock goes with the process, however it ends.
 *
 * @throws {StateError} when another run holds it, or another version wrote it
 */
export function openLedger(path: string): Ledger {
  let db: DatabaseSync
  try {
    db = openDatabase(path)
    db.exec(`BEGIN; ${schema} COMMIT`)
  } catch (error) {
    if (/locked|busy/.test((error as Error).message))
      throw new StateError(
        `Cannot export: another run is writing to ${path}`,
        (args) => `${writeCommand(args)}  # when it has ended`,
      )
    if (isDiskError(error) || isSystemError(error)) throw error
    throw new StateError(
      `Cannot export: ${path} is no state of an export (${(error as Error).message})`,
      '--restart to begin anew; or give another --output',
    )
  }
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepare = (sql: string, readBigInts: boolean): ReturnType<DatabaseSync['prepare']> => {
    let statement = statements.get(sql)
    if (!statement) {
      statements.set(sql, (statement = db.prepare(sql)))
      statement.setReadBigInts(readBigInts)
    }
    return statement
  }
  // A result of `run` has the id of the row, and Node 26 throws when a number cannot hold it.
  const run = (sql: string, ...values: SQLInputValue[]): number =>
    Number(prepare(sql, true).run(...values).changes)
  const all = <Row>(sql: string, ...values: SQLInputValue[]): Row[] =>
    prepare(sql, false).all(...values) as Row[]

  function together(work: () => void): void {
    db.exec('BEGIN')
    marked.clear()
    try {
      work()
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  /** Days that the transaction has marked: a window's calls are mostly of one day. */
  const marked = new Set<number>()
  const markDirty = (time: number): void => {
    const day = dayOf(time)
    if (marked.has(day)) return
    marked.add(day)
    run('INSERT OR IGNORE INTO dirty VALUES (?)', day)
  }
  let { pass } = all<{ pass: number }>('SELECT pass FROM tally')[0]!

  /** Takes a call in and says what it is to the ledger; undefined when this pass has seen it. */
  function take({ id, timestamp, updatedAt, json }: LedgerRow): keyof Tally | undefined {
    const isNew = run(
      'INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?, NULL, ?)',
      id,
      timestamp,
      updatedAt,
      pass,
      json,
    )
    if (isNew > 0) {
      markDirty(timestamp)
      return 'new'
    }
    const old = all<{
      timestamp: number
      updatedAt: number | null
      seen: number
      deletedAt: string | null
      json: string
    }>(
      'SELECT timestamp, updated_at AS updatedAt, seen, deleted_at AS deletedAt, json FROM calls WHERE id = ?',
      id,
    )[0]!
    const isOlder = updatedAt !== null && old.updatedAt !== null && updatedAt < old.updatedAt
    const isSame = isOlder || (old.json === json && old.timestamp === timestamp)
    if (isSame && old.deletedAt === null) run('UPDATE calls SET seen = ? WHERE id = ?', pass, id)
    else {
      const kept = isOlder ? old : { timestamp, updatedAt, json }
      run(
        'UPDATE calls SET timestamp = ?, updated_at = ?, seen = ?, deleted_at = NULL, json = ? WHERE id = ?',
        kept.timestamp,
        kept.updatedAt,
        pass,
        kept.json,
        id,
      )
      markDirty(old.timestamp)
      markDirty(kept.timestamp)
    }
    if (old.seen === pass) return undefined
    return isSame && old.deletedAt === null ? 'unchanged' : 'changed'
  }

  function takeAll(rows: readonly LedgerRow[]): void {
    const met = { new: 0, changed: 0, unchanged: 0, gone: 0 }
    // Upwards, because a page of the file that is left by ids that come downwards stays half empty.
    for (const row of rows.toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id))) {
      const kind = take(row)
      if (kind) met[kind] += 1
    }
    run(
      'UPDATE tally SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?',
      met.new,
      met.changed,
      met.unchanged,
    )
  }

  const ledger: Ledger = {
    get: (key) => all<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)[0]?.value,
    set: (key, value) => void run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, value),
    beginPass: (to, since) =>
      together(() => {
        ledger.set('complete', '0')
        ledger.set('to', String(to))
        if (since === undefined) return
        pass += 1
        run('UPDATE tally SET pass = ?, new = 0, changed = 0, unchanged = 0, gone = 0', pass)
        run(
          'DELETE FROM quarantine WHERE window IN (SELECT start FROM windows WHERE end > ? OR NOT stable)',
          since,
        )
        run('DELETE FROM windows WHERE end > ? OR NOT stable', since)
      }),
    missing: () =>
      // In a first pass nothing can have been seen before it.
      pass === 1
        ? []
        : all(
            `SELECT calls.id, calls.timestamp FROM windows JOIN calls
          ON calls.timestamp >= windows.start AND calls.timestamp < windows.end
          WHERE windows.pass = ? AND stable AND closed AND seen < ? AND deleted_at IS NULL
          ORDER BY calls.timestamp, calls.id`,
            pass,
            pass,
          ),
    bury: (ids, at, forget) =>
      together(() => {
        for (const id of ids) {
          const { timestamp } = all<{ timestamp: number }>(
            'SELECT timestamp FROM calls WHERE id = ?',
            id,
          )[0]!
          markDirty(timestamp)
          if (forget) run('DELETE FROM calls WHERE id = ?', id)
          else run('UPDATE calls SET deleted_at = ? WHERE id = ?', at, id)
        }
        run('UPDATE tally SET gone = gone + ?', ids.length)
      }),
    commit: (window, { rows, quarantined, readAt, stable, closed }) =>
      together(() => {
        takeAll(rows)
        for (const { reason, json } of quarantined)
          run('INSERT INTO quarantine VALUES (?, ?, ?)', window.start, reason, json)
        run(
          'INSERT INTO windows VALUES (?, ?, ?, ?, ?, ?, ?)',
          window.start,
          window.end,
          rows.length,
          readAt,
          stable ? 1 : 0,
          closed ? 1 : 0,
          pass,
        )
      }),
    keep: (row) => together(() => takeAll([row])),
    windows: () =>
      all<Record<string, unknown>>(
        'SELECT start, end, calls, read_at AS readAt, stable, closed FROM windows ORDER BY start',
      ).map((row) =>
        Object.assign(row, { stable: row['stable'] === 1, closed: row['closed'] === 1 }),
      ) as unknown as WindowRecord[],
    tally: () => all<Tally>('SELECT new, changed, unchanged, gone FROM tally')[0]!,
    counts: () =>
      all<ReturnType<Ledger['counts']>>(
        `SELECT (SELECT count(*) FROM calls) AS calls,
          (SELECT count(*) FROM calls WHERE deleted_at IS NOT NULL) AS gone,
          (SELECT count(*) FROM quarantine) AS quarantined`,
      )[0]!,
    ends: () =>
      all<ReturnType<Ledger['ends']>>(
        'SELECT (SELECT min(timestamp) FROM calls) AS first, (SELECT max(timestamp) FROM calls) AS last',
      )[0]!,
    quarantined: () =>
      db
        .prepare('SELECT reason, json FROM quarantine ORDER BY window, rowid')
        .iterate() as IterableIterator<unknown> as IterableIterator<QuarantinedRow>,
    calls({ start, end } = { start: -8.64e15, end: 8.64e15 }) {
      const statement = db.prepare(
        `SELECT id, json, deleted_at FROM calls WHERE timestamp >= ? AND timestamp < ?
          ORDER BY timestamp, id`,
      )
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      return statement.iterate(
        start,
        end,
      ) as IterableIterator<unknown> as IterableIterator<StoredCall>
    },
    dirtyDays: () =>
      all<{ day: number }>('SELECT day FROM dirty ORDER BY day').map(({ day }) => day),
    files: () => all('SELECT name, day, sha256, bytes, rows FROM files ORDER BY name'),
    wrote: (day, files) =>
      together(() => {
        if (day === null) run('DELETE FROM dirty')
        else run('DELETE FROM dirty WHERE day = ?', day)
        run('DELETE FROM files WHERE day IS ?', day)
        for (const { name, sha256, bytes, rows } of files)
          run('INSERT INTO files VALUES (?, ?, ?, ?, ?)', name, day, sha256, bytes, rows)
      }),
    [Symbol.dispose]: () => db.close(),
  }
  const version = ledger.get('schema')
  if (version === undefined) ledger.set('schema', schemaVersion)
  else if (version !== schemaVersion) {
    db.close()
    throw new StateError(
      `Cannot export: ${path} was written by another version (${version}, this one writes ${schemaVersion})`,
      '--restart to begin anew; or give another --output',
    )
  }
  return ledger
}

/** An error of the operating system, like EROFS. */
export const isSystemError = (error: unknown): boolean =>
  /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')

/** Whether SQLite failed because of the disk: full, read-only, broken. */
export function isDiskError(error: unknown): boolean {
  const { code, errcode } = error as { code?: string; errcode?: number }
  // FULL, READONLY, IOERR, CANTOPEN; the low byte is the primary code.
  return code === 'ERR_SQLITE_ERROR' && [13, 8, 10, 14].includes((errcode ?? 0) & 0xff)
}
