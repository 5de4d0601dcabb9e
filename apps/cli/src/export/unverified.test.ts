// Rows that cannot be processed, and windows that change while they are read.
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serve } from '../serve.test-helper.ts'
import { createFolder, idsOf, readManifest, runExport } from './export.test-helper.ts'

const january = ['--from', '2025-01-01', '--to', '2025-02-01']
let folder: ReturnType<typeof createFolder>
beforeEach(() => {
  folder = createFolder()
})
afterEach(() => folder[Symbol.dispose]())
const at = (name: string): string => folder.at(name)

test('a corrected row leaves the quarantine', async () => {
  let timestamp = 'soon'
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const isInside =
      query.get('timestamp_from')! <= '2025-01-15' && query.get('timestamp_to')! >= '2025-01-15T00'
    const row = { id: 7, call_id: 'c', status: 'success', timestamp }
    const body = { count: 0, next: null, previous: null, results: isInside ? [row] : [] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const args = [...january, '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('Skipped 1 invalid row')
  expect(code).toBe(6)
  expect(readFileSync(at('a.quarantine.ndjson'), 'utf8')).toContain(
    '"reason":"timestamp is not a time"',
  )
  const again = await runExport(service.url, [...args, '--lookback', '3000d', '--json'])
  expect(again.code).toBe(6)
  expect(JSON.parse(again.stdout)).toMatchObject({ status: 'refreshed', quarantined: 1 })
  timestamp = '2025-01-15T00:00:00Z'
  expect((await runExport(service.url, [...args, '--lookback', '3000d'])).code).toBe(0)
  expect(idsOf(at('a'))).toEqual([7])
  expect(existsSync(at('a.quarantine.ndjson'))).toBe(false)
})

test('a second whose further pages disappear is unstable', async () => {
  const time = Date.parse('2025-01-10T12:00:00.500Z')
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const [from, to] = ['timestamp_from', 'timestamp_to'].map((name) =>
      Date.parse(query.get(name)!),
    )
    response.setHeader('content-type', 'application/json')
    if (query.get('page') === '2') {
      response.writeHead(404).end('{"detail":"Invalid page."}')
      return
    }
    const rows = [1, 2].map((id) => ({
      id,
      call_id: 'c',
      timestamp: '2025-01-10T12:00:00.500Z',
      status: 'success',
    }))
    const isInside = from! <= time && to! >= time
    const next = isInside ? 'http://x/?page=2' : null
    const results = isInside ? rows : []
    response.end(JSON.stringify({ count: 4, next, previous: null, results }))
  })
  const args = ['--from', '2025-01-10', '--to', '2025-01-11', '--page-size', '2', '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('1 one-second window changed during the export')
  expect(code).toBe(6)
  expect(idsOf(at('a'))).toEqual([1, 2])
})

test('a second with more than a page that keeps changing ends with 6, and is read again', async () => {
  const time = Date.parse('2025-01-10T12:00:00.500Z')
  let isStill = false
  let shift = 0
  await using service = await serve((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size'))]
    const [from, to] = ['timestamp_from', 'timestamp_to'].map((name) =>
      Date.parse(query.get(name)!),
    )
    // Each walk meets another set of calls.
    if (page === 1 && !isStill) shift += 1
    const all = Array.from({ length: 5 }, (_, index) => ({
      id: shift + index,
      call_id: 'c',
      timestamp: '2025-01-10T12:00:00.500Z',
      status: 'success',
    })).filter(() => from! <= time && to! >= time)
    const results = all.slice((page - 1) * size, page * size)
    const next = page * size < all.length ? `http://x/?page=${page + 1}` : null
    const body = { count: all.length, next, previous: null, results }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  const args = ['--from', '2025-01-10', '--to', '2025-01-11', '--page-size', '2', '-o', at('a')]
  const { code, stderr } = await runExport(service.url, args)
  expect(stderr).toContain('1 one-second window changed during the export. Rerun to read it again.')
  expect(code).toBe(6)
  const unstable = () => readManifest(at('a.manifest.json')).unstable
  expect(unstable()).toMatchObject([
    { from: '2025-01-10T12:00:00.000Z', to: '2025-01-10T12:00:01.000Z' },
  ])
  isStill = true
  expect((await runExport(service.url, args)).code).toBe(0)
  expect(unstable()).toEqual([])
  expect(idsOf(at('a'))).toEqual(expect.arrayContaining([shift, shift + 4]))
})
