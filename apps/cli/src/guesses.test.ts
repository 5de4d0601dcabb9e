// The commands work with every assumption about undocumented behavior.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { afterAll, expect, test } from 'vitest'
import { capture } from './captured.test-helper.ts'
import { control, idsOf } from './export/export.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'guesses-'))
afterAll(() => rmSync(folder, { recursive: true }))

const count = (ndjson: string): number => ndjson.split('\n').filter(Boolean).length
const winter = ['--from', '2024-12-01', '--to', '2025-02-01']
const later = { now: Date.parse('2025-06-01T00:00:00Z') }

test.each(['framework', 'published', 'inverted'] as const)(
  'list, stats and export work with the %s assumptions',
  async (profile) => {
    await using mock = await startMock({ mode: 'sandbox', rows: 300, profile })
    const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url }
    const run = (args: string[]) => capture([...args, '--agent', '2142'], { env, ...later })
    expect(count((await run(['list', ...winter, '--limit', '1000'])).stdout)).toBe(300)
    const some = await run(['list', ...winter, '--limit', '150'])
    expect({ code: some.code, lines: count(some.stdout) }).toEqual({ code: 0, lines: 150 })
    const stats = await run(['stats', ...winter])
    expect(JSON.parse(stats.stdout)).toMatchObject({ calls: 300 })

    const path = join(folder, profile)
    const size = profile === 'inverted' ? ['--page-size', '50'] : []
    const line = ['export', ...winter, ...size, '-o', path]
    expect((await run(line)).code).toBe(0)
    const ids = idsOf(path)
    expect(ids).toHaveLength(300)
    await control(mock, '/delete', [ids[0], ids[200]])
    const again = await run([...line, '--lookback', '300d'])
    expect(again.stderr).toContain('2 deleted')
    expect(again.code).toBe(0)
  },
)

test('a rejected page size is smaller in the suggestion', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60, profile: 'inverted' })
  const env = { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url }
  const line = ['export', '--agent', '2142', ...winter, '-o', join(folder, 'refused')]
  const { code, stderr } = await capture(line, { env })
  expect(code).toBe(2)
  expect(stderr).toContain('The API rejected the request (400): --page-size: ')
  expect(stderr).toContain(`Fix: cekura-logs ${line.join(' ')} --page-size 20\n`)
  expect((await capture([...line, '--page-size', '20'], { env })).code).toBe(0)
})
