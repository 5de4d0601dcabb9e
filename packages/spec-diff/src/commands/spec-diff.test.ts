import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specFile } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { diffSpecs } from '../diff.ts'
import { formatDiff } from '../output/format-diff.ts'
import { goldenPairs } from '../testing/golden-pairs.test-helper.ts'

const command = join(import.meta.dirname, 'spec-diff.ts')
const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', cwd: folder })

const write = (name: string, value: string | object): string => {
  const path = join(folder, name)
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

test.each([
  ['a missing file', () => 'nope.yaml', /there is no such file/],
  ['an empty file', () => write('empty.yaml', ' \n'), /is empty/],
  ['broken JSON', () => write('bad.json', '{'), /Cannot read .*JSON/],
] as const satisfies [string, () => string, RegExp][])(
  'rejects %s with one message and exit code 2',
  (_name, source: () => string, message) => {
    const { status, stderr, stdout } = run(good, source())
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
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
