import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specFile } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { diffSpecs } from '../diff.ts'
import { formatDiff } from '../output/format-diff.ts'
import { goldenPairs } from '../testing/golden-pairs.ts'

const command = join(import.meta.dirname, 'spec-diff.ts')
const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'))
const inside = join(folder, 'inside')
mkdirSync(inside)
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', cwd: inside })

const write = (name: string, value: string | object): string => {
  const path = join(inside, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

const documentOf = (type: string, property = 'limit'): object => ({
  openapi: '3.0.3',
  info: { title: 'Trial', version: '1' },
  paths: {
    '/things': {
      get: {
        operationId: 'things.list',
        parameters: [{ name: property, in: 'query', schema: { type } }],
        responses: { 204: { description: 'none' } },
      },
    },
  },
})
const good = write('good.json', documentOf('integer'))

test('prints the documented JSON and exits 0 whatever the bump', () => {
  const { status, stdout } = run(good, write('new.json', documentOf('boolean')), '--json')
  expect(JSON.parse(stdout)).toEqual({
    bump: 'major',
    changes: [
      {
        kind: 'request-type-changed',
        edit: 'request-type-changed',
        location: 'GET /things query parameter limit',
        method: 'GET',
        path: '/things',
        operationId: 'things.list',
        before: 'integer',
        after: 'boolean',
        alsoAt: [],
        breaking: true,
        bump: 'major',
        reason: 'values of the old type no longer compile',
        review: false,
      },
    ],
  })
  expect(status).toBe(0)
})

test('names operation, place, values and consequence, in 160 columns without a terminal', () => {
  const { stdout } = run(good, write('new.json', documentOf('boolean')))
  expect(stdout).toBe(
    `major  request type changed: GET /things (things.list)
       query parameter limit
       integer → boolean
       values of the old type no longer compile

1 change, 1 breaking. Bump: major
`,
  )
})

test.each([40, 80, 160])('no line is wider than %d columns', (columns) => {
  for (const { before, after } of goldenPairs)
    for (const line of formatDiff(diffSpecs(before, after), columns).split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns)
})

test('reads YAML in several files, with a byte order mark, and JSON of the same document', () => {
  expect(run(specFile, specFile).stdout).toBe('No consumer-visible changes. Bump: none\n')
  const yaml = write(
    'same.yaml',
    `\uFEFFopenapi: 3.0.3
info: {title: Trial, version: '1'}
components: {}
paths:
  /things:
    get:
      operationId: things.list
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'204': {description: none}}
`,
  )
  const json = write('bom.json', `\uFEFF${JSON.stringify(documentOf('integer'))}`)
  for (const file of [yaml, json])
    expect(run(good, file).stdout).toBe('No consumer-visible changes. Bump: none\n')
})

test.each(['hasOwnProperty', 'valueOf', 'constructor', '__proto__', 'toString'])(
  'a parameter, property or component may have the name %s',
  (name) => {
    const named = JSON.stringify(documentOf('integer', 'NAME')).replace(
      '"paths"',
      '"components":{"schemas":{"NAME":{"type":"object","properties":{"NAME":{"type":"string"}}}}},"paths"',
    )
    const next = run(
      write('old.json', named),
      write('new.json', named.replaceAll('NAME', name)),
      '--json',
    )
    const { bump, changes } = JSON.parse(next.stdout) as {
      bump: string
      changes: { location: string }[]
    }
    expect(bump).toBe('major')
    expect(changes.map(({ location }) => location)).toContain(`GET /things query parameter ${name}`)
    expect(changes.map(({ location }) => location)).toContain(`schemas ${name}`)
  },
)

const many = (summary: string): object => ({
  openapi: '3.1.0',
  info: { title: 'Many', version: '1' },
  paths: Object.fromEntries(
    Array.from({ length: 3_000 }, (_, i) => [
      `/p${i}`,
      { get: { summary, responses: { 204: { description: summary } } } },
    ]),
  ),
})

test('a reader that closes the pipe ends it silently', async () => {
  const [a, b] = [write('many-a.json', many('a')), write('many-b.json', many('b'))]
  const child = spawn(process.execPath, [command, a, b])
  let errors = ''
  child.stderr.on('data', (text) => (errors += String(text)))
  child.stdout.once('data', () => child.stdout.destroy())
  const [status] = (await once(child, 'close')) as [number]
  expect(errors).toBe('')
  expect(status).toBe(0)
})

const outside = join(folder, 'outside.yaml')
writeFileSync(outside, 'secret: HIDDEN\n')
symlinkSync(outside, join(inside, 'link.yaml'))
const referring = (reference: string): string =>
  JSON.stringify(documentOf('integer')).replace('{"type":"integer"}', `{"$ref":"${reference}"}`)

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
  'rejects %s with one message and exit code 2',
  (_name, source: () => string, message) => {
    const { status, stderr, stdout } = run(good, source())
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('HIDDEN')
    expect(stdout).toBe('')
    expect(status).toBe(2)
  },
)

test.each([
  [['only.yaml'], /Expected two documents/],
  [['--yaml', 'a', 'b'], /--yaml/],
])('rejects the arguments %j with the usage and exit code 2', (args, message) => {
  const { status, stderr } = run(...args)
  expect(stderr).toMatch(message)
  expect(stderr).toContain('usage: pnpm -s spec-diff OLD NEW')
  expect(status).toBe(2)
})

const chain = (last: string): object => ({
  openapi: '3.1.0',
  info: { title: 'Chain', version: '1' },
  paths: {},
  components: {
    schemas: Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [
        `S${i}`,
        i === 19_999
          ? { type: last }
          : { type: 'object', properties: { next: { $ref: `#/components/schemas/S${i + 1}` } } },
      ]),
    ),
  },
})

test('a chain of references as long as a document allows is compared or rejected, never a fault', () => {
  const { status, stderr } = run(
    write('c1.json', chain('string')),
    write('c2.json', chain('number')),
  )
  expect([0, 2]).toContain(status)
  expect(stderr).toMatch(/^(|Cannot compare: .*\n)$/)
})

test('a URL is read without redirects, and messages hide its user and token', async () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/moved')) response.writeHead(302, { location: '/good' }).end()
    else if (request.url?.startsWith('/good')) response.end(JSON.stringify(documentOf('integer')))
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { readDocument } = await import('../document/read-document.ts')
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
