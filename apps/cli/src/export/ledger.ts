import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StateError } from '../command-error.ts'

/** A part of the range, in milliseconds since 1970: from `start` on, up to `end`. */
export interface Span {
  start: number
  end: number
}

export interface LedgerRow {
  id: number
  timestamp: number
  updatedAt: string
  json: string
}

export interface WindowRecord extends Span {
  rows: number
  readAt: string
  /** False when others changed the window while it was read page by page. */
  stable: boolean
}

export interface Ledger extends Disposable {
  get(key: string): string | undefined
  set(key: string, value: string): void
  openWindows(limit: number): Span[]
  counts(): { open: number; done: number; rows: number }
  /** Forgets the windows that end after `since`, and opens these: their calls are read again. */
  reopen(since: number, spans: readonly Span[]): void
  /** Replaces a window by its parts. */
  split(span: Span, parts: readonly Span[]): void
  /** A window's calls and its mark, both or neither. */
  commit(span: Span, rows: readonly LedgerRow[], readAt: string, stable: boolean): void
  windows(): WindowRecord[]
  /** Each call once, by time and then id, so that the same ledger gives the same bytes. */
  rows(): IterableIterator<{ json: string }>
}

const schemaVersion = '1'

/**
 * The state of an export in one SQLite file.
 *
 * The file is locked while it is open; the lock goes with the process, however it ends.
 *
 * @throws {StateError} when another run holds it, or another version wrote it
 */
export function openLedger(path: string): Ledger {
  // Made by us first, so that nobody else can read it for a moment.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const db = new DatabaseSync(path)
  try {
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE;
      CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS windows (start INTEGER PRIMARY KEY, end INTEGER NOT NULL,
        done INTEGER NOT NULL, rows INTEGER NOT NULL, read_at TEXT, stable INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS calls (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL,
        updated_at TEXT NOT NULL, json TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS calls_by_time ON calls (timestamp, id);
      COMMIT`)
  } catch (error) {
    db.close()
    const isLocked = /locked|busy/.test((error as Error).message)
    throw new StateError(
      isLocked
        ? `Cannot export: another run is writing to ${path}`
        : `Cannot export: ${path} is no state of an export (${(error as Error).message})`,
      isLocked ? 'wait until it has ended' : `give another --output, or rm ${path}`,
    )
  }
  const select = db.prepare('SELECT value FROM meta WHERE key = ?')
  const insert = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
  const addWindow = db.prepare('INSERT OR REPLACE INTO windows VALUES (?, ?, 0, 0, NULL, 1)')
  const dropWindow = db.prepare('DELETE FROM windows WHERE start = ?')
  const finish = db.prepare(
    'UPDATE windows SET done = 1, rows = ?, read_at = ?, stable = ? WHERE start = ?',
  )
  const upsert = db.prepare(`INSERT INTO calls VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    timestamp = excluded.timestamp, updated_at = excluded.updated_at, json = excluded.json
    WHERE excluded.updated_at >= calls.updated_at`)

  function together(work: () => void): void {
    db.exec('BEGIN')
    try {
      work()
      db.exec('COMMIT')
    } catch (error) {
      db.exec('ROLLBACK')
      throw error
    }
  }

  const ledger: Ledger = {
    get: (key) => select.get(key)?.['value'] as string | undefined,
    set: (key, value) => void insert.run(key, value),
    openWindows: (limit) =>
      db
        .prepare('SELECT start, end FROM windows WHERE done = 0 ORDER BY start LIMIT ?')
        .all(limit) as unknown as Span[],
    counts: () =>
      db
        .prepare(
          `SELECT (SELECT count(*) FROM windows WHERE done = 0) AS open,
            (SELECT count(*) FROM windows WHERE done = 1) AS done, (SELECT count(*) FROM calls) AS rows`,
        )
        .get() as unknown as ReturnType<Ledger['counts']>,
    reopen: (since, spans) =>
      together(() => {
        db.prepare('DELETE FROM windows WHERE end > ?').run(since)
        for (const { start, end } of spans) addWindow.run(start, end)
      }),
    split: (span, parts) =>
      together(() => {
        dropWindow.run(span.start)
        for (const { start, end } of parts) addWindow.run(start, end)
      }),
    commit: (span, rows, readAt, stable) =>
      together(() => {
        for (const { id, timestamp, updatedAt, json } of rows)
          upsert.run(id, timestamp, updatedAt, json)
        finish.run(rows.length, readAt, stable ? 1 : 0, span.start)
      }),
    windows: () =>
      db
        .prepare('SELECT start, end, rows, read_at AS readAt, stable FROM windows ORDER BY start')
        .all()
        .map((row) =>
          Object.assign(row, { stable: row['stable'] === 1 }),
        ) as unknown as WindowRecord[],
    rows: () =>
      db
        .prepare('SELECT json FROM calls ORDER BY timestamp, id')
        .iterate() as unknown as IterableIterator<{ json: string }>,
    [Symbol.dispose]: () => db.close(),
  }
  const version = ledger.get('schema')
  if (version === undefined) ledger.set('schema', schemaVersion)
  else if (version !== schemaVersion) {
    db.close()
    throw new StateError(
      `Cannot export: ${path} was written by another version (${version}, this one writes ${schemaVersion})`,
      'give another --output',
    )
  }
  return ledger
}
