import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Span } from '../read/span.ts'
import type {
  Counters,
  FileRecord,
  PreviousRun,
  QuarantinedRow,
  StateRow,
  StoredCall,
  TypedTime,
  WindowRead,
  WindowRecord,
} from './records.ts'

/** The state of an export in one SQLite file, locked while it is open. */
export class ExportState implements Disposable {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #pass: number

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#pass = this.#all<{ pass: number }>('SELECT pass FROM counters')[0]!.pass
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes)
  }

  #all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[]
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN')
    try {
      work()
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  #forgetFiles(): void {
    this.#run(`DELETE FROM meta WHERE key = 'files'`)
  }

  get(key: string): string | undefined {
    return this.#all<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)[0]?.value
  }

  set(key: string, value: string): void {
    this.#run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, value)
  }

  /** What earlier runs left; undefined before the first pass. */
  previousRun(): PreviousRun | undefined {
    const range = this.get('range')
    if (range === undefined) return undefined
    const { from, to } = JSON.parse(range) as { from: TypedTime; to: TypedTime }
    return { from, to, windows: this.windows(), isComplete: this.get('complete') === '1' }
  }

  /** Stores the range. With `since`, everything read after it is read again, and counting restarts. */
  startPass(range: { from: TypedTime; to: TypedTime }, since: number | undefined): void {
    this.#transaction(() => {
      this.set('complete', '0')
      this.set('range', JSON.stringify(range))
      if (since === undefined) return
      this.#pass += 1
      this.#run(
        'UPDATE counters SET pass = ?, new = 0, changed = 0, unchanged = 0, deleted = 0',
        this.#pass,
      )
      this.#run(
        'DELETE FROM quarantine WHERE window IN (SELECT start FROM windows WHERE end > ? OR NOT stable)',
        since,
      )
      this.#run('DELETE FROM windows WHERE end > ? OR NOT stable', since)
    })
  }

  /** Stored calls that the windows of this pass no longer hold. */
  missing(): number[] {
    // A first pass has nothing to compare with.
    if (this.#pass === 1) return []
    return this.#all<{ id: number }>(
      `SELECT calls.id FROM windows JOIN calls
         ON calls.timestamp >= windows.start AND calls.timestamp < windows.end
         WHERE windows.pass = ? AND stable AND closed AND seen < ? AND deleted_at IS NULL
         ORDER BY calls.timestamp, calls.id`,
      this.#pass,
      this.#pass,
    ).map(({ id }) => id)
  }

  /** Marks calls as deleted, or removes them. */
  markDeleted(ids: readonly number[], at: string, remove: boolean): void {
    this.#transaction(() => {
      for (const id of ids) {
        if (remove) this.#run('DELETE FROM calls WHERE id = ?', id)
        else this.#run('UPDATE calls SET deleted_at = ? WHERE id = ?', at, id)
      }
      if (ids.length > 0) this.#forgetFiles()
      this.#run('UPDATE counters SET deleted = deleted + ?', ids.length)
    })
  }

  /** Stores a window's calls and its progress in one transaction. */
  commit(window: Span, { rows, quarantined, stable, closed }: WindowRead): void {
    this.#transaction(() => {
      this.#storeAll(rows)
      for (const { reason, json } of quarantined)
        this.#run('INSERT INTO quarantine VALUES (?, ?, ?)', window.start, reason, json)
      const { start, end } = window
      this.#run(
        'INSERT INTO windows VALUES (?, ?, ?, ?, ?)',
        start,
        end,
        Number(stable),
        Number(closed),
        this.#pass,
      )
    })
  }

  /** Stores a call that was found outside its window. */
  upsert(row: StateRow): void {
    this.#transaction(() => this.#storeAll([row]))
  }

  #storeAll(rows: readonly StateRow[]): void {
    const counts = { new: 0, changed: 0, unchanged: 0 }
    // Ascending: with descending ids, SQLite leaves its pages half empty.
    for (const row of rows.toSorted((a, b) => a.id - b.id)) {
      const kind = this.#store(row)
      if (kind) counts[kind] += 1
    }
    this.#run(
      'UPDATE counters SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?',
      counts.new,
      counts.changed,
      counts.unchanged,
    )
  }

  /** @returns what the call is to this pass; undefined if the pass has seen it */
  #store(row: StateRow): 'new' | 'changed' | 'unchanged' | undefined {
    const { id, timestamp, updatedAt, json } = row
    const values = [id, timestamp, updatedAt, this.#pass, json]
    if (this.#run('INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?, NULL, ?)', ...values) > 0) {
      this.#forgetFiles()
      return 'new'
    }
    const [old] = this.#all<Omit<StateRow, 'id'> & { seen: number; deletedAt: string | null }>(
      `SELECT timestamp, updated_at AS updatedAt, seen, deleted_at AS deletedAt, json
         FROM calls WHERE id = ?`,
      id,
    )
    const isOlder = updatedAt !== null && old!.updatedAt !== null && updatedAt < old!.updatedAt
    const isSame = isOlder || (old!.json === json && old!.timestamp === timestamp)
    const isUnchanged = isSame && old!.deletedAt === null
    if (isUnchanged) this.#run('UPDATE calls SET seen = ? WHERE id = ?', this.#pass, id)
    else {
      const kept = isOlder ? old! : row
      this.#run(
        `UPDATE calls SET timestamp = ?, updated_at = ?, seen = ?, deleted_at = NULL, json = ?
           WHERE id = ?`,
        kept.timestamp,
        kept.updatedAt,
        this.#pass,
        kept.json,
        id,
      )
      this.#forgetFiles()
    }
    if (old!.seen === this.#pass) return undefined
    return isUnchanged ? 'unchanged' : 'changed'
  }

  windows(): WindowRecord[] {
    return this.#all<Record<keyof WindowRecord, number>>(
      'SELECT start, end, stable, closed FROM windows ORDER BY start',
    ).map(({ stable, closed, ...span }) => ({
      ...span,
      stable: stable === 1,
      closed: closed === 1,
    }))
  }

  counters(): Counters {
    return this.#all<Counters>('SELECT new, changed, unchanged, deleted FROM counters')[0]!
  }

  /** How many calls there are, and the timestamps of the first and the last. */
  counts() {
    return this.#all<{
      calls: number
      deleted: number
      quarantined: number
      first: number | null
      last: number | null
    }>(
      `SELECT (SELECT count(*) FROM calls) AS calls,
         (SELECT count(*) FROM calls WHERE deleted_at IS NOT NULL) AS deleted,
         (SELECT count(*) FROM quarantine) AS quarantined,
         (SELECT min(timestamp) FROM calls) AS first,
         (SELECT max(timestamp) FROM calls) AS last`,
    )[0]!
  }

  quarantined(): IterableIterator<QuarantinedRow> {
    return this.#db
      .prepare('SELECT reason, json FROM quarantine ORDER BY window, rowid')
      .iterate() as IterableIterator<unknown> as IterableIterator<QuarantinedRow>
  }

  /** Each call once, by time and id, so that the same state gives the same bytes. */
  calls(): IterableIterator<StoredCall> {
    const statement = this.#db.prepare('SELECT json, deleted_at FROM calls ORDER BY timestamp, id')
    statement.setReturnArrays(true)
    return statement.iterate() as IterableIterator<unknown> as IterableIterator<StoredCall>
  }

  /** The files that match the state; empty if it changed since they were written. */
  files(): FileRecord[] {
    return JSON.parse(this.get('files') ?? '[]') as FileRecord[]
  }

  /** Records that files match the state. */
  recordFiles(files: readonly FileRecord[]): void {
    this.set('files', JSON.stringify(files))
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }
}
