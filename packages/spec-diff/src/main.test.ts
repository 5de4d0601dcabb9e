import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specFile } from '@cekura-kit/spec'
import { afterAll, expect, test } from 'vitest'
import { createLargeDocument } from './large-document.ts'
import { mutate, mutations } from './mutations.ts'

const main = join(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd: folder })

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

const document = (type: string): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Trial', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [{ name: 'limit', in: 'query', schema: { type } }],
          responses: { 204: { description: 'none' } },
        },
      },
    },
  })

test('prints the documented JSON and exits 0 whatever the bump', () => {
  const { status, stdout } = run(
    write('old.json', document('integer')),
    write('new.json', document('boolean')),
    '--json',
  )
  expect(JSON.parse(stdout)).toEqual({
    bump: 'major',
    changes: [
      {
        kind: 'request-type-changed',
        location: 'GET /things query parameter limit',
        before: 'number',
        after: 'boolean',
        breaking: true,
        bump: 'major',
        reason: 'what was accepted is no longer',
        review: false,
      },
    ],
  })
  expect(status).toBe(0)
})

test('ends the table with the bump, and reads YAML in several files', () => {
  const { status, stdout } = run(specFile, specFile)
  expect(stdout).toBe('No change that a consumer can notice. Bump: none\n')
  expect(status).toBe(0)
})

test('two large documents are compared by two threads, with the same verdict', () => {
  const large = createLargeDocument(120)
  const change = mutations.find(({ name }) => name === 'read: optional property added')!
  const { status, stdout } = run(
    write('large.json', JSON.stringify(large, null, 2)),
    write('larger.json', JSON.stringify(mutate(large, [change]), null, 2)),
  )
  expect(stdout).toMatch(/1 change, 0 breaking. Bump: minor\n$/)
  expect(status).toBe(0)
})

test.each([
  { name: 'a missing file', args: () => ['nope.yaml', specFile], want: /file not found/ },
  { name: 'one file', args: () => [specFile], want: /give two/ },
  { name: 'an unknown option', args: () => ['--yaml', 'a', 'b'], want: /--yaml/ },
  {
    name: 'broken JSON',
    args: () => [write('broken.json', '{'), specFile],
    want: /Cannot parse the spec "broken.json"/,
  },
  {
    name: 'Swagger 2',
    args: () => [write('two.json', '{"swagger":"2.0"}'), specFile],
    want: /its version is "2.0"; give an OpenAPI 3 document/,
  },
  {
    name: 'a reference that leads nowhere',
    args: () => [
      write(
        'dangling.json',
        document('integer').replace('{"type":"integer"}', '{"$ref":"#/components/schemas/Nope"}'),
      ),
      specFile,
    ],
    want: /Nope/,
  },
])('refuses $name with one sentence and exit code 2', ({ args, want }) => {
  const { status, stderr, stdout } = run(...args())
  expect(stderr).toMatch(want)
  expect(stderr).not.toMatch(/\n {4}at /)
  expect(stdout).toBe('')
  expect(status).toBe(2)
})
