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

test('without a file it is the document of the types, by their digest', async () => {
  expect(await readSpec()).toEqual({ document: bundled, digest: specDigest, files: [] })
})

test('the same document from a file has the same digest, another one another', async () => {
  const text = JSON.stringify(bundled)
  const file = await write('same.json', text)
  expect(await readSpec(file)).toEqual({ document: bundled, digest: specDigest, files: [file] })
  const other = await readSpec(await write('other.json', text.replaceAll('"count":7', '"count":8')))
  expect(other.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(other.digest).not.toBe(specDigest)
})

test('a document with problems is refused by its first one, where it is, and how many there are', async () => {
  const text = JSON.stringify(bundled)
  const old = await write('old.json', text.replace('"openapi":"3.1', '"openapi":"3.0'))
  await expect(readSpec(old)).rejects.toThrow(
    new RegExp(
      `^Cannot mock "${old}": openapi is "3\\.0\\.\\d": expected 3\\.1\\.x at #/openapi; correct it in the document$`,
    ),
  )
  const broken = await write(
    'broken.yaml',
    'openapi: 3.0.3\ninfo: { title: t, version: 1 }\npaths: {}\n',
  )
  await expect(readSpec(broken)).rejects.toThrow(
    /at #\/openapi, and 2 more; correct it in the document$/,
  )
})
