import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { lintFromString, loadConfig } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { specFile } from './index.ts'

const config = await loadConfig({
  configPath: fileURLToPath(new URL('../redocly.yaml', import.meta.url)),
})
const source = await readFile(specFile, 'utf8')

/** Rule and place of each finding after one replacement in the document's text. */
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
  { rule: 'cekura/units-stated', from: '      x-unit: pages\n', to: '' },
  { rule: 'cekura/units-stated', from: 'How many seconds to wait', to: 'How long to wait' },
  { rule: 'cekura/units-stated', from: 'an RFC 3339 date-time with its offset', to: 'an instant' },
  { rule: 'cekura/limits-in-words', from: 'at least 1 character long', to: 'not empty' },
  {
    rule: 'cekura/limits-in-words',
    from: 'Why the call ended, at most 100 characters.',
    to: 'Why.',
  },
  { rule: 'cekura/origin-known', from: '      x-origin: chosen', to: '      x-origin: dreamt' },
  {
    rule: 'cekura/described',
    from: '          description: Whether a person has reviewed the call.\n',
    to: '',
  },
  { rule: 'operation-operationId', from: '      operationId: callLogs.list\n', to: '' },
  { rule: 'struct', from: 'type: boolean', to: 'type: bool' },
])('$rule reports "$from" → "$to"', async ({ rule, from, to }) => {
  expect(await findings(from, to)).toContain(rule)
})

test('operation-4xx-response reports an operation that documents success only', async () => {
  const start = source.indexOf("        '400':")
  const end = source.indexOf("        '500':")
  const rules = await findings(source.slice(start, end), '')
  expect(rules).toContain('operation-4xx-response')
})
