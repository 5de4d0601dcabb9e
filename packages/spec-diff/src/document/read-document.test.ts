import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SpecError } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { readDocument } from './read-document.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-document-'))
const inside = join(folder, 'inside')
mkdirSync(inside)
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): string => {
  const path = join(inside, name)
  writeFileSync(path, text)
  return path
}

const document = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Trial', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        responses: { 204: { description: 'none' } },
      },
    },
  },
})

const outside = join(folder, 'outside.yaml')
writeFileSync(outside, 'secret: HIDDEN\n')
symlinkSync(outside, join(inside, 'link.yaml'))
const referring = (reference: string): string =>
  document.replace('{"type":"integer"}', `{"$ref":"${reference}"}`)

test.each([
  ['a missing file', () => 'nope.yaml', /there is no such file/],
  ['a folder', () => inside, /there is no such file/],
  ['an empty file', () => write('empty.yaml', ' \n'), /is empty/],
  ['broken JSON', () => write('bad.json', '{'), /Cannot read .*JSON/],
  ['broken YAML', () => write('bad.yaml', 'openapi: "3.1'), /Cannot read .*unexpected end/],
  [
    'JSON with a key twice',
    () => write('twice.json', '{"openapi":"3.1.0","x":{"a":1,"a":2}}'),
    /has the key "a" twice/,
  ],
  [
    'YAML with a key twice',
    () => write('twice.yaml', 'openapi: 3.1.0\nx: {a: 1, a: 2}\n'),
    /duplicated mapping key/,
  ],
  ['Swagger 2', () => write('two.json', '{"swagger":"2.0"}'), /its version is "2.0"/],
  ['a list', () => write('list.json', '[]'), /is not an OpenAPI 3 document/],
  [
    'a reference to nothing',
    () => write('none.json', referring('#/components/schemas/Nope')),
    /Nope.* leads nowhere/,
  ],
  [
    'a reference to itself',
    () =>
      write(
        'self.json',
        `{"openapi":"3.1.0","paths":{},"components":{"schemas":{"A":{"$ref":"#/components/schemas/A"}}}}`,
      ),
    /leads back to itself/,
  ],
  [
    'a reference to a URL',
    () => write('url.json', referring('http://127.0.0.1:9/a.yaml')),
    /is on the network/,
  ],
  [
    'a reference above the folder',
    () => write('up.json', referring('../outside.yaml')),
    /is outside the folder/,
  ],
  [
    'an absolute reference',
    () => write('abs.json', referring('/etc/passwd')),
    /is outside the folder/,
  ],
  [
    'a link out of the folder',
    () => write('link.json', referring('link.yaml')),
    /is outside the folder/,
  ],
  [
    'deep nesting',
    () => write('deep.json', `{"openapi":"3.1.0","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    /nested deeper than 200 levels/,
  ],
  [
    'an alias of itself',
    () => write('loop.yaml', 'openapi: 3.1.0\npaths: &a\n  x: *a\n'),
    /nested deeper than 200 levels/,
  ],
  [
    'aliases that multiply',
    () =>
      write(
        'bomb.yaml',
        `openapi: 3.1.0\nx-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${Array.from({ length: 9 }, (_, n) => `x-${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(', ')}]`).join('\n')}\n`,
      ),
    /more than 1000000 values/,
  ],
  ['more than 32 MB', () => write('large.json', ' '.repeat(17_000_000)), /larger than 16 MiB/],
] as const satisfies [string, () => string, RegExp][])(
  'rejects %s with one message',
  async (_name, source: () => string, message) => {
    const error = await readDocument(source()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SpecError)
    expect((error as Error).message).toMatch(message)
    expect((error as Error).message).not.toMatch(/HIDDEN|\n/)
  },
)

test('a URL is read without redirects, and messages hide its user and token', async () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/moved')) response.writeHead(302, { location: '/good' }).end()
    else if (request.url?.startsWith('/good')) response.end(document)
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    expect(await readDocument(`${at}/good`)).toMatchObject({ openapi: '3.0.3' })
    for (const [path, message] of [
      ['/moved?token=SECRET', /is a redirect/],
      ['/none?token=SECRET', /returns 404/],
    ] as const) {
      const error = await readDocument(at + path).catch((thrown: Error) => thrown.message)
      expect(error).toMatch(message)
      expect(error).not.toContain('SECRET')
    }
    const withUser = at.replace('//', '//user:SECRET@')
    const error = await readDocument(withUser).catch((thrown: Error) => thrown.message)
    expect(error).toMatch(/remove user and password/)
    expect(error).not.toContain('SECRET')
  } finally {
    server.close()
  }
})
