import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSpec } from './read-spec.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-spec-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

test('the default is the document of the types, with its digest', async () => {
  expect(await readSpec()).toEqual({ document: bundled, digest: specDigest, files: [] })
})

test('the same document from a file has the same digest, another document another one', async () => {
  const text = JSON.stringify(bundled)
  const file = await write('same.json', text)
  expect(await readSpec(file)).toEqual({ document: bundled, digest: specDigest, files: [file] })
  const other = await readSpec(await write('other.json', text.replaceAll('"count":7', '"count":8')))
  expect(other.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(other.digest).not.toBe(specDigest)
})

test('a document with problems is an error with the first problem, its location and the number of others', async () => {
  const text = JSON.stringify(bundled)
  const old = await write('old.json', text.replace('"openapi":"3.1', '"openapi":"3.0'))
  await expect(readSpec(old)).rejects.toThrow(
    new RegExp(
      `^Cannot mock "${old}": openapi is "3\\.0\\.\\d": expected 3\\.1\\.x at #/openapi\\. Run cekura-mock check to see all\\.$`,
    ),
  )
  const broken = await write(
    'broken.yaml',
    'openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n',
  )
  await expect(readSpec(broken)).rejects.toThrow(
    /at #\/openapi, and 2 more problems\. Run cekura-mock check to see all\.$/,
  )
})
