import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleSpec, specFile } from './bundle-spec.ts'
import { maxTextBytes, parseText } from './parse-text.ts'

let folder: string
let specFolder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-spec-'))
  specFolder = join(folder, 'spec')
  mkdirSync(specFolder)
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): string => {
  const file = join(specFolder, name)
  writeFileSync(file, text)
  return file
}
const withSchema = (ref: string): string =>
  write(
    'openapi.yaml',
    `openapi: 3.1.1
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    Other:
      $ref: '${ref}'
`,
  )

test('reads a document that is reached through symbolic links', async () => {
  cpSync(dirname(specFile), join(specFolder, '..1'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  })
  symlinkSync('..1', join(specFolder, '..data'))
  for (const name of ['openapi.yaml', 'examples'])
    symlinkSync(`..data/${name}`, join(specFolder, name))
  const [linked, plain] = await Promise.all([
    bundleSpec(join(specFolder, 'openapi.yaml')),
    bundleSpec(),
  ])
  expect(linked.document).toEqual(plain.document)
})

test('reads files below the folder of the entry', async () => {
  mkdirSync(join(specFolder, 'schemas'))
  write('schemas/other.yaml', 'type: string\n')
  const { document, files } = await bundleSpec(withSchema('schemas/other.yaml'))
  expect(document['components']).toMatchObject({ schemas: { other: { type: 'string' } } })
  expect(files).toHaveLength(2)
})

test('requests nothing from the network', async () => {
  let requests = 0
  const server = createServer((_, response) => {
    requests++
    response.end('type: string\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(bundleSpec(withSchema(`http://127.0.0.1:${port}/other.yaml`))).rejects.toThrow(
    'is on the network. Download it next to the spec',
  )
  expect(requests).toBe(0)
  server.close()
})

test.each([
  ['a relative path', '../private.yaml'],
  ['an absolute path', '/etc/passwd'],
  ['a symbolic link', 'link.yaml'],
])('does not read a file outside the folder by %s', async (_, ref) => {
  writeFileSync(join(folder, 'private.yaml'), 'secret: TOPSECRET\n')
  symlinkSync('../private.yaml', join(specFolder, 'link.yaml'))
  const error = await bundleSpec(withSchema(ref)).catch((reason: Error) => reason)
  expect(error).toMatchObject({
    name: 'SpecError',
    message: expect.stringContaining('is outside the folder of the spec') as string,
  })
  expect(String(error)).not.toContain('TOPSECRET')
})

test('does not wait for a file that is not regular', async () => {
  symlinkSync(specFolder, join(specFolder, 'folder.yaml'))
  await expect(bundleSpec(withSchema('folder.yaml'))).rejects.toThrow('is not a regular file')
})

const aliasBomb = (): string => {
  const lines = ['openapi: 3.1.1', 'a0: &a0 [x,x,x,x,x,x,x,x,x]']
  for (let n = 1; n < 10; n++)
    lines.push(`a${n}: &a${n} [${Array.from({ length: 9 }, () => `*a${n - 1}`).join(',')}]`)
  return lines.join('\n')
}

test.each([
  ['aliases that expand without end', aliasBomb(), 'more than 1000000 values'],
  ['an alias of itself', 'openapi: 3.1.1\npaths: &a\n  x: *a\n', 'an alias that contains itself'],
  [
    'deep nesting',
    `{"openapi":"3.1.1","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    'nested deeper than 200 levels',
  ],
  ['too many bytes', `openapi: 3.1.1\n#${' '.repeat(maxTextBytes)}`, 'larger than'],
])('rejects %s, in a file and as text', async (_, text, reason) => {
  await expect(bundleSpec(write('openapi.yaml', text))).rejects.toThrow(reason)
  await expect(parseText(text)).rejects.toThrow(reason)
})
