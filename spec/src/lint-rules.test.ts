import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { lintFromString, loadConfig } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { specFile } from './index.ts'

const config = await loadConfig({
  configPath: fileURLToPath(new URL('../redocly.yaml', import.meta.url)),
})
const source = await readFile(specFile, 'utf8')

/** Rule of each finding after one replacement in the source. */
async function findings(from = '', to = ''): Promise<string[]> {
  expect(source).toContain(from)
  const problems = await lintFromString({
    source: source.replace(from, to),
    absoluteRef: specFile,
    config,
  })
  return problems.map(({ ruleId }) => ruleId)
}

test('the hand-written document has no finding', async () => {
  expect(await findings()).toEqual([])
})

test.each([
  { rule: 'cekura/units-stated', from: '      x-unit: call logs\n', to: '' },
  { rule: 'cekura/units-stated', from: 'next request, in seconds.', to: 'next request.' },
  { rule: 'cekura/units-stated', from: 'an RFC 3339 date-time with a UTC offset', to: 'a time' },
  { rule: 'cekura/limits-described', from: 'at least 1 character long', to: 'not empty' },
  {
    rule: 'cekura/limits-described',
    from: 'Why the call ended, at most 100 characters.',
    to: 'Why.',
  },
  { rule: 'cekura/origin-known', from: '      x-origin: chosen', to: '      x-origin: invented' },
  {
    rule: 'cekura/described',
    from: '          description: Whether a person reviewed the call.\n',
    to: '',
  },
  { rule: 'operation-operationId', from: '      operationId: callLogs.list\n', to: '' },
  { rule: 'struct', from: 'type: boolean', to: 'type: bool' },
])('$rule reports "$from" → "$to"', async ({ rule, from, to }) => {
  expect(await findings(from, to)).toContain(rule)
})

const property = (name: string, more: string): string =>
  `        ${name}:\n          ${more}\n        is_reviewed:\n`

test.each([
  { name: 'trace_id', more: 'type: integer\n          description: The trace of the call.' },
  { name: 'project', more: 'type: integer\n          description: Id of the project.' },
  { name: 'call_ids', more: 'type: integer\n          description: The calls.' },
])('an identifier such as $name needs no unit', async ({ name, more }) => {
  const from = '        is_reviewed:\n'
  expect(await findings(from, property(name, more))).toEqual([])
})

test('every problem of one property is reported in one run, with the fix', async () => {
  const from = '        is_reviewed:\n'
  const more = 'type: integer\n          minimum: 2\n          maximum: 9'
  const problems = await lintFromString({
    source: source.replace(from, property('wait', more)),
    absoluteRef: specFile,
    config,
  })
  expect(problems.map(({ message }) => message).toSorted()).toEqual([
    'property "wait" needs a description',
    'property "wait" needs a unit: add `x-unit`, for example `x-unit: seconds`, and repeat the unit in its description',
    'the description of "wait" must contain its maximum: add the number 9',
    'the description of "wait" must contain its minimum: add the number 2',
  ])
})

test('operation-4xx-response reports an operation that documents success only', async () => {
  const start = source.indexOf("        '400':")
  const end = source.indexOf("        '500':")
  const rules = await findings(source.slice(start, end), '')
  expect(rules).toContain('operation-4xx-response')
})
