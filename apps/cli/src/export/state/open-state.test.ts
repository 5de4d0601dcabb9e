import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFolder, runExport } from '../export.test-helper.ts'
import { ExportState } from './export-state.ts'
import { openDatabase } from './open-database.ts'

const january = ['--from', '2025-01-01', '--to', '2025-02-01']
let mock: Mock
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 300 })
})
afterAll(() => mock.close())
beforeEach(() => {
  folder = createFolder()
})
afterEach(() => folder[Symbol.dispose]())
const at = (name: string): string => folder.at(name)

test.each([
  { name: '--agent', args: ['--agent', '2143'] },
  { name: '--format', args: ['--format', 'csv'] },
  { name: '--pii', args: ['--pii', 'drop'] },
  { name: '--deleted', args: ['--deleted', 'drop'] },
  { name: '--api-url', args: [], url: (url: string) => url.replace('127.0.0.1', 'localhost') },
])('a state with another $name is an error', async ({ name, args, url = String }) => {
  expect((await runExport(mock.url, [...january, '-o', at('a')])).code).toBe(0)
  for (const what of [[], ['--dry-run']]) {
    const line = [...january, '-o', at('a'), ...args, ...what]
    const { code, stdout, stderr } = await runExport(url(mock.url), line)
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' })
    expect(stderr).toMatch(new RegExp(`was started with ${name} .+; this run uses `))
  }
})

test('a state that others can read is made private', async () => {
  await runExport(mock.url, [...january, '-o', at('a')])
  chmodSync(at('a.state'), 0o644)
  await runExport(mock.url, [...january, '-o', at('a')])
  expect(statSync(at('a.state')).mode & 0o777).toBe(0o600)
})

test('--restart keeps the state of a running export', async () => {
  const args = [...january, '-o', at('a')]
  await runExport(mock.url, args)
  {
    using state = new ExportState(openDatabase(at('a.state')))
    const { code, stderr } = await runExport(mock.url, [...args, '--restart'])
    expect(stderr).toContain('is already writing')
    expect(code).toBe(7)
    expect(state.counts().calls).toBeGreaterThan(0)
  }
  expect((await runExport(mock.url, args)).stderr).toContain('(up to date)')
})

test('a base URL is the same with a trailing slash and in capitals', async () => {
  const args = [...january, '-o', at('a')]
  await runExport(mock.url.replace('127.0.0.1', 'localhost'), args)
  const { stderr } = await runExport(`${mock.url.replace('127.0.0.1', 'LocalHost')}/`, args)
  expect(stderr).toContain('(up to date)')
})

test('a state of a newer version and a file that is not a state are errors', async () => {
  {
    using db = openDatabase(at('a.state'))
    db.exec('PRAGMA user_version = 99')
  }
  const newer = await runExport(mock.url, [...january, '-o', at('a')])
  expect(newer.stderr).toContain('was written by another version (schema 99')
  writeFileSync(at('b.state'), 'no database at all, only text that is long enough'.repeat(9))
  const none = await runExport(mock.url, [...january, '-o', at('b')])
  expect(none.stderr).toContain('is not an export state')
  expect([newer.code, none.code]).toEqual([7, 7])
  expect((await runExport(mock.url, [...january, '--restart', '-o', at('a')])).code).toBe(0)
  // It may be anything: nothing is lost.
  expect((await runExport(mock.url, [...january, '--restart', '-o', at('b')])).code).toBe(7)
  expect(readFileSync(at('b.state'), 'utf8')).toMatch(/^no database/)
})

test.each([[[]], [['--restart']]])(
  'a database of something else stays as it is, with the flags %j',
  async (flags) => {
    const db = new DatabaseSync(at('a.state'))
    db.exec('CREATE TABLE customers (name TEXT)')
    db.close()
    const { code, stderr } = await runExport(mock.url, [...january, ...flags, '-o', at('a')])
    expect(stderr).toContain('is a database of something else')
    expect(code).toBe(7)
    using after = new DatabaseSync(at('a.state'))
    const tables = after.prepare('SELECT name FROM sqlite_master').all()
    expect(tables.map(({ name }) => name)).toEqual(['customers'])
  },
)
