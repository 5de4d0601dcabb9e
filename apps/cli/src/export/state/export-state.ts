import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Span } from '../read/span.ts'
import type {
  Counters,
  FileRecord,
  PreviousRun,
  QuarantinedRow,
  StateRow,
  StoredCall,
  TypedRange,
  WindowRead,
  WindowRecord,
} from './records.ts'

const noCounts: Counters = { new: 0, changed: 0, unchanged: 0, deleted: 0 }

/** The state of an export in one SQLite file, locked while it is open. */
export class ExportState implements Disposable {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #pass: number

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#pass = this.get<number>('pass') ?? 1
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values)
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

  get<Value>(key: string): Value | undefined {
    const [row] = this.#all<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)
    return row && (JSON.parse(row.value) as Value)
  }

  set(key: string, value: unknown): void {
    this.#run('INSERT OR REPLACE INTO meta VALUES (?, ?)', key, JSON.stringify(value))
  }

  /** What earlier runs left; undefined before the first pass. */
  previousRun(): PreviousRun | undefined {
    const range = this.get<TypedRange>('range')
    return range && { ...range, windows: this.windows(), isComplete: this.get('complete') === true }
  }

  /** Stores the range. With `since`, everything read after it is read again, and counting restarts. */
  startPass(range: TypedRange, since: number | undefined): void {
    this.#transaction(() => {
      this.set('complete', false)
      this.set('range', range)
      if (since === undefined) return
      this.#pass += 1
      this.set('pass', this.#pass)
      this.set('counters', noCounts)
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
      this.#count(ids.map(() => 'deleted'))
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
    // Ascending: with descending ids, SQLite leaves its pages half empty.
    this.#count(rows.toSorted((a, b) => a.id - b.id).map((row) => this.#store(row)))
  }

  /** @returns what the call is to this pass; undefined if the pass has seen it */
  #store(row: StateRow): 'new' | 'changed' | 'unchanged' | undefined {
    const [old] = this.#all<StateRow & { seen: number; deletedAt: string | null }>(
      `SELECT id, timestamp, updated_at AS updatedAt, seen, deleted_at AS deletedAt, json
         FROM calls WHERE id = ?`,
      row.id,
    )
    const isOlder = row.updatedAt !== null && row.updatedAt < (old?.updatedAt ?? row.updatedAt)
    const { id, timestamp, updatedAt, json } = isOlder ? old! : row
    const isUnchanged = old?.json === json && old.timestamp === timestamp && old.deletedAt === null
    if (isUnchanged) this.#run('UPDATE calls SET seen = ? WHERE id = ?', this.#pass, id)
    else {
      const values = [id, timestamp, updatedAt, this.#pass, json]
      this.#run('INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, NULL, ?)', ...values)
      this.#forgetFiles()
    }
    if (!old) return 'new'
    if (old.seen === this.#pass) return undefined
    return isUnchanged ? 'unchanged' : 'changed'
  }

  #count(kinds: readonly (keyof Counters | undefined)[]): void {
    const counters = { ...this.counters() }
    for (const kind of kinds) if (kind) counters[kind] += 1
    this.set('counters', counters)
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

  /** What this pass found so far. */
  counters(): Counters {
    return this.get('counters') ?? noCounts
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

  quarantined(): Iterable<QuarantinedRow> {
    const statement = this.#db.prepare('SELECT reason, json FROM quarantine ORDER BY window, rowid')
    return statement.iterate() as Iterable<unknown> as Iterable<QuarantinedRow>
  }

  /** Each call once, by time and id, so that the same state gives the same bytes. */
  calls(): Iterable<StoredCall> {
    const statement = this.#db.prepare('SELECT json, deleted_at FROM calls ORDER BY timestamp, id')
    statement.setReturnArrays(true)
    return statement.iterate() as Iterable<unknown> as Iterable<StoredCall>
  }

  /** The files that match the state; empty if it changed since they were written. */
  files(): FileRecord[] {
    return this.get('files') ?? []
  }

  /** Records that files match the state. */
  recordFiles(files: readonly FileRecord[]): void {
    this.set('files', files)
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }
}
