import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DiskError, makeFolder, writeText } from './write-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a signal is heard while a file is written, and leaves the old one whole and nothing beside it', async () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'old')
  const stop = new AbortController()
  let lines = 0
  function* endless(): Generator<string> {
    for (; lines < 1e6; lines++) {
      // Whoever sends it is not called while lines are made.
      if (lines === 10) setImmediate(() => stop.abort('SIGINT'))
      yield 'x'.repeat(100_000)
    }
  }
  await expect(writeText(path, endless(), stop.signal)).rejects.toBe('SIGINT')
  expect(lines).toBeLessThan(100)
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a'])
})

test.skipIf(!existsSync('/proc/self'))(
  'where no folder can be made that is told, and not tried for ever',
  () => {
    for (const path of ['/proc/nowhere', '/proc/nowhere/below/it'])
      expect(() => makeFolder(path)).toThrow(DiskError)
  },
)
