import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder, writeText } from './write-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a signal stops the writing of a file and leaves the old one whole', async () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'old')
  const stop = new AbortController()
  let lines = 0
  function* endless(): Generator<string> {
    for (; lines < 1e6; lines++) {
      if (lines === 10) setImmediate(() => stop.abort('SIGINT'))
      yield 'x'.repeat(100_000)
    }
  }
  await expect(writeText(path, endless(), { signal: stop.signal })).rejects.toBe('SIGINT')
  expect(lines).toBeLessThan(100)
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a'])
})

test.skipIf(!existsSync('/proc/self'))(
  'a folder that cannot be created is an error, not an endless retry',
  () => {
    for (const path of ['/proc/nowhere', '/proc/nowhere/below/it'])
      expect(() => makeFolder(path)).toThrow('ENOENT')
  },
)
