import { chmodSync, statSync } from 'node:fs'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFolder, runExport } from './export.test-helper.ts'
import { openLedger } from './ledger.ts'

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
  { name: 'from', args: ['--from', '2025-01-02'] },
  { name: 'agent', args: ['--agent', '2143'] },
  { name: 'format', args: ['--format', 'csv'] },
  { name: 'pii', args: ['--pii', 'mask'] },
  { name: 'gone-calls', args: ['--gone', 'drop'] },
  { name: 'service', args: [], url: (url: string) => url.replace('127.0.0.1', 'localhost') },
])('a state is not gone on with when $name is another', async ({ name, args, url = String }) => {
  expect((await runExport(mock.url, [...january, '-o', at('a')])).code).toBe(0)
  for (const what of [[], ['--dry-run'], ['--verify']]) {
    const line = [...january, '-o', at('a'), ...args, ...what]
    const { code, stdout, stderr } = await runExport(url(mock.url), line)
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' })
    expect(stderr).toMatch(new RegExp(`was begun with ${name} .+, and this run has `))
  }
})

test('a state that others could read is closed to them', async () => {
  await runExport(mock.url, [...january, '-o', at('a')])
  chmodSync(at('a.state'), 0o644)
  await runExport(mock.url, [...january, '-o', at('a')])
  expect(statSync(at('a.state')).mode & 0o777).toBe(0o600)
})

test('--restart takes no state away from a run that is writing to it', async () => {
  const args = [...january, '-o', at('a')]
  await runExport(mock.url, args)
  {
    using ledger = openLedger(at('a.state'))
    const { code, stderr } = await runExport(mock.url, [...args, '--restart'])
    expect(stderr).toContain('another run is writing')
    expect(code).toBe(7)
    expect(ledger.counts().calls).toBeGreaterThan(0)
  }
  expect((await runExport(mock.url, args)).stderr).toContain('Nothing new.')
})

test('the address of a service is the same with and without a slash, in capitals or not', async () => {
  const args = [...january, '-o', at('a')]
  await runExport(mock.url.replace('127.0.0.1', 'localhost'), args)
  const { stderr } = await runExport(`${mock.url.replace('127.0.0.1', 'LocalHost')}/`, args)
  expect(stderr).toContain('Nothing new.')
})

test('a folder is the same with and without a slash', async () => {
  const args = [...january, '--partition', 'day']
  await runExport(mock.url, [...args, '-o', at('lake/')])
  expect((await runExport(mock.url, [...args, '-o', at('lake')])).stderr).toContain('Nothing new.')
})
